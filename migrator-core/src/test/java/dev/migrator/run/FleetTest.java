package dev.migrator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.Migrator;
import dev.migrator.MigratorBuilder;
import dev.migrator.backup.BackupMode;
import dev.migrator.backup.BackupOptions;
import dev.migrator.postgres.AdvisoryLock;
import dev.migrator.testing.InstalledPostgres;
import dev.migrator.testing.Scripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the server is asked, as its log has it, where many instances start together. */
class FleetTest {

    private static final int SCRIPTS = 30;

    private static InstalledPostgres server;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startServer() {
        server =
                InstalledPostgres.start("log_statement = 'all'", "log_line_prefix = '%p|%d|'", "max_connections = 120");
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void fiftyInstancesWithNothingToDoAskOneQueryEachAndTakeNoLock() throws Exception {
        server.createDatabase("current");
        pending(SCRIPTS);
        migrator("current").build().migrate();
        int opening = logOf("current", () -> open("current")).size();

        List<String> asked = logOf(
                "current", () -> together(50, () -> migrator("current").build().migrate()));

        assertThat(asked).hasSize(50 * (opening + 1));
        assertThat(asked).noneMatch(line -> line.contains("advisory") || line.contains("INSERT"));
        assertThat(asked).filteredOn(line -> line.contains("schema_migrations")).hasSize(50);
    }

    @Test
    void ofTwentyInstancesOneMigratesAndTheOthersNeverTakeTheLockThatTheyWaitedFor() throws Exception {
        server.createDatabase("empty");
        pending(SCRIPTS);
        Queue<RunEvent> events = new ConcurrentLinkedQueue<>();
        Queue<MigrationReport> reports = new ConcurrentLinkedQueue<>();

        List<String> asked = logOf(
                "empty",
                () -> together(
                        20,
                        () -> reports.add(
                                migrator("empty").listener(events::add).build().migrate())));

        assertThat(reports).extracting(report -> report.applied().size()).contains(SCRIPTS);
        assertThat(reports.stream().mapToInt(report -> report.applied().size()).sum())
                .isEqualTo(SCRIPTS);
        assertThat(server.column("empty", "SELECT count(*) FROM schema_migrations"))
                .containsExactly("" + SCRIPTS);
        Set<UUID> waited = events.stream()
                .filter(FleetTest::beginsToWait)
                .map(RunEvent::runId)
                .collect(Collectors.toSet());
        assertThat(events).noneMatch(event -> event instanceof RunEvent.LockAcquired && waited.contains(event.runId()));
        assertThat(asked).filteredOn(line -> line.contains("CREATE TABLE t")).hasSize(SCRIPTS);
        assertThat(asked)
                .filteredOn(line -> line.contains(": NOTIFY \"migrator_"))
                .hasSize(1);
        // they hear that, and listen no longer when their connections go back into their pools
        assertThat(asked).filteredOn(line -> line.contains(": LISTEN ")).hasSize(waited.size());
        assertThat(asked).filteredOn(line -> line.contains(": UNLISTEN \"")).hasSize(waited.size());
    }

    @Test
    void oneThatWaitsAsksSeldomerTheLongerItWaits() throws Exception {
        server.createDatabase("held");
        pending(1);
        migrator("held").build().migrate();
        pending(2);
        String key =
                Long.toString(AdvisoryLock.of("public", "schema_migrations").key());
        List<String> asked;
        try (Connection holder = server.dataSource("held").getConnection();
                Statement statement = holder.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + key + ")");
            CountDownLatch waits = new CountDownLatch(1);
            asked = logOf(
                    "held",
                    () -> together(1, () -> {
                        ExecutorService release = Executors.newSingleThreadExecutor();
                        try {
                            Future<?> released = release.submit(() -> {
                                waits.await();
                                TimeUnit.SECONDS.sleep(2);
                                return statement.execute("SELECT pg_advisory_unlock(" + key + ")");
                            });
                            migrator("held")
                                    .listener(event -> {
                                        if (beginsToWait(event)) {
                                            waits.countDown();
                                        }
                                    })
                                    .build()
                                    .migrate();
                            return released.get();
                        } finally {
                            release.shutdownNow();
                        }
                    }));
        }

        // a quarter of the time that it has waited: 4 questions for each e-fold, with a jitter of a half
        assertThat(asked)
                .filteredOn(line -> line.contains("pg_try_advisory_xact_lock_shared"))
                .hasSizeBetween(5, 40);
        assertThat(server.column("held", "SELECT count(*) FROM schema_migrations"))
                .containsExactly("2");
    }

    @Test
    void aSimpleScriptIsSentWithNoMoreThanItNeeds() throws Exception {
        server.createDatabase("single");
        pending(1);
        migrator("single").build().migrate();
        pending(2);
        int one = ofTheMigrating(
                        logOf("single", () -> migrator("single").build().migrate()))
                .size();
        pending(12);

        List<String> asked =
                ofTheMigrating(logOf("single", () -> migrator("single").build().migrate()));

        // begin, a limit, a name, the commit's kind, its statement, two for the role, fence, row, commit; ahead of it
        // the session
        // made fresh
        assertThat(asked.size() - one).isEqualTo(9 * (10 + FRESH) + SETTLED);
    }

    /** Begin, five that discard, two roles, RESET ALL, what the driver and the watch of the client had set, commit. */
    private static final int FRESH = 12;

    /** Once, at the end: begin, three limits, two for the role, the commit's kind, the newest row's lock, commit. */
    private static final int SETTLED = 9;

    /** Without those of an observer, which looks at a statement that takes long. */
    private static List<String> ofTheMigrating(List<String> asked) {
        Set<String> pids = asked.stream()
                .filter(line -> line.contains("INSERT INTO") && line.contains("schema_migrations"))
                .map(FleetTest::pid)
                .collect(Collectors.toSet());
        assertThat(pids).hasSize(1);
        return asked.stream().filter(line -> pids.contains(pid(line))).toList();
    }

    private static String pid(String line) {
        return line.substring(0, line.indexOf('|'));
    }

    private static boolean beginsToWait(RunEvent event) {
        return event instanceof RunEvent.PhaseChanged change && change.phase() == Phase.WAITING_FOR_LOCK;
    }

    private void pending(int count) {
        Scripts scripts = new Scripts(folder);
        for (int i = 1; i <= count; i++) {
            scripts.with("V%d__t.sql".formatted(i), "CREATE TABLE t%d (id int);".formatted(i));
        }
    }

    private MigratorBuilder migrator(String database) {
        return Migrator.builder(server.dataSource(database))
                .locations("filesystem:" + folder)
                .backup(BackupOptions.DEFAULT.mode(BackupMode.OFF));
    }

    private static Object open(String database) throws SQLException {
        server.dataSource(database).getConnection().close();
        return database;
    }

    private static Object together(int count, Callable<?> work) throws InterruptedException, ExecutionException {
        ExecutorService instances = Executors.newFixedThreadPool(count);
        CyclicBarrier start = new CyclicBarrier(count);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                all.add(instances.submit(() -> {
                    start.await();
                    return work.call();
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            instances.shutdownNow();
        }
        return count;
    }

    /** The statements that clients have sent to the database meanwhile. */
    private static List<String> logOf(String database, Callable<?> work) throws Exception {
        Path log = server.folder().resolve("log");
        long before = Files.size(log);
        work.call();
        return lines(log, before)
                .filter(line -> line.contains("|" + database + "|")
                        && (line.contains("LOG:  execute") || line.contains("LOG:  statement")))
                .toList();
    }

    private static Stream<String> lines(Path log, long from) throws IOException {
        byte[] bytes = Files.readAllBytes(log);
        return new String(bytes, (int) from, bytes.length - (int) from, java.nio.charset.StandardCharsets.UTF_8)
                .lines();
    }
}
