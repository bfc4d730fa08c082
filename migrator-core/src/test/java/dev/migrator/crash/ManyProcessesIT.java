package dev.migrator.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.migrator.testing.Scripts;
import dev.migrator.testing.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Twenty instances of an application that start at the same moment on an empty database. */
class ManyProcessesIT {

    private static final int PROCESSES = 20;
    private static final int KILLED = 5;

    private static final String NUMBER = "'(?:^|[(])([0-9]+)(?:$|, )'";

    /** Its number, which is its application's name; unless the name of a long script leaves no room for that. */
    private static final String HOLDER = "SELECT substring(a.application_name FROM " + NUMBER + ")"
            + " FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
            + " WHERE l.locktype = 'advisory' AND l.granted AND a.datname = current_database()"
            + " AND a.application_name ~ " + NUMBER;

    private final Random random = new Random(CrashPoints.SEED);
    private final List<MigratingProcess> processes = new ArrayList<>();

    @TempDir
    private Path folder;

    private TestDatabase database;
    private CleanRun clean;

    @BeforeEach
    void migrateOnce() {
        Scripts scripts = new Scripts(folder);
        Route.STRAIGHT.writeTo(scripts);
        for (int version = 10; version < 30; version++) {
            // long enough to be killed in, and twice is an error
            scripts.with("V" + version + "__t.sql", "CREATE TABLE t" + version + " (id int);\nSELECT pg_sleep(0.1);");
        }
        try (TestDatabase other = TestDatabase.create();
                MigratingProcess process = MigratingProcess.start(other.url(), EveryShape.locations(folder))) {
            assertThat(process.awaitReady().go().exitCode()).isZero();
            clean = CleanRun.in(other);
        }
        database = TestDatabase.create();
    }

    /** By turns on these routes. */
    private void start(Route... routes) {
        for (int i = 0; i < PROCESSES; i++) {
            processes.add(MigratingProcess.start(
                    routes[i % routes.length], database.url() + "?ApplicationName=" + i, EveryShape.locations(folder)));
        }
        processes.forEach(MigratingProcess::awaitReady);
    }

    @AfterEach
    void endThem() {
        processes.forEach(MigratingProcess::close);
        database.close();
    }

    @Test
    void eachScriptRunsOnce() {
        start(Route.STRAIGHT);
        processes.forEach(MigratingProcess::go);

        int applied = 0;
        for (MigratingProcess process : processes) {
            assertThat(process.exitCode()).as(process.output()).isZero();
            String last = process.output();
            applied += Integer.parseInt(last.substring(last.lastIndexOf(' ') + 1));
        }
        assertThat(applied).isEqualTo(clean.applied().size());
        assertThat(database.value("SELECT count(*) FROM schema_migrations")).isEqualTo("" + applied);
        clean.requireIn(database);
    }

    /** First the one that migrates, whoever that is, and those that wait alternately. Every second one has a lease. */
    @Test
    void theOthersCarryOnWhenSomeAreKilled() throws InterruptedException {
        start(Route.STRAIGHT, Route.LEASED);
        List<Integer> alive =
                new ArrayList<>(IntStream.range(0, PROCESSES).boxed().toList());
        processes.forEach(MigratingProcess::go);

        for (int i = 0; i < KILLED; i++) {
            await().until(() -> !database.column(HOLDER).isEmpty());
            Thread.sleep(random.nextInt(400));
            Integer victim = i % 2 == 0 ? holder() : alive.get(random.nextInt(alive.size()));
            alive.remove(victim);
            processes.get(victim).kill();
        }

        for (int each : alive) {
            MigratingProcess process = processes.get(each);
            assertThat(process.exitCode()).as(process.output()).isZero();
        }
        assertThat(alive).hasSize(PROCESSES - KILLED);
        clean.requireIn(database);
    }

    /** Who was killed may hold the lock for a moment longer. */
    private Integer holder() {
        return await().until(
                        () -> database.column(HOLDER).stream()
                                .map(Integer::valueOf)
                                .filter(each -> processes.get(each).isAlive())
                                .findFirst()
                                .orElse(null),
                        holder -> holder != null);
    }
}
