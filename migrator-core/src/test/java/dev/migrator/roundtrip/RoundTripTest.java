package dev.migrator.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.Migrator;
import dev.migrator.backup.BackupMode;
import dev.migrator.backup.BackupOptions;
import dev.migrator.plan.Rollback;
import dev.migrator.run.RollbackReport.RolledBack;
import dev.migrator.testing.InstalledPostgres;
import dev.migrator.testing.Scripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Up, down, up, over generated histories: what pg_dump says of the database is each time the same as before. */
class RoundTripTest {

    private static final int SCRIPTS = 12;

    private static @Nullable InstalledPostgres server;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startServer() {
        server = InstalledPostgres.start();
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> generatedHistories() {
        return LongStream.rangeClosed(1, Long.getLong("histories.seeds", 5))
                .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> thereAndBack(seed)));
    }

    /** Back it goes by an older release that has none of the scripts, or by the release that has them. */
    private void thereAndBack(long seed) throws IOException {
        String database = "trip_" + seed;
        server.createDatabase(database);
        server.execute(database, "CREATE TABLE first (a int)", "CREATE SCHEMA history");
        Scripts scripts = new Scripts(Files.createDirectories(folder.resolve("seed" + seed)));
        List<ReversibleHistory.Pair> history = ReversibleHistory.of(seed, SCRIPTS);
        List<String> dumps = new ArrayList<>(List.of(dump(database)));
        for (int i = 0; i < SCRIPTS; i++) {
            scripts.with("V" + (i + 1) + "__s.sql", history.get(i).script())
                    .with("U" + (i + 1) + "__s.sql", history.get(i).rollback());
            if (i % 4 == 3) {
                migrator(database, scripts).migrate();
                dumps.add(dump(database));
            }
        }
        Scripts back = seed % 2 == 0 ? scripts : new Scripts(Files.createDirectories(folder.resolve("older")));
        int stop = 4 * new Random(seed).nextInt(3);

        assertThat(versions(migrator(database, back), stop)).isEqualTo(down(SCRIPTS, stop));
        assertSame(database, dumps.get(stop / 4));
        assertThat(versions(migrator(database, back), 0)).isEqualTo(down(stop, 0));
        assertSame(database, dumps.get(0));
        assertThat(migrator(database, scripts).migrate().applied()).hasSize(SCRIPTS);
        assertSame(database, dumps.get(3));
    }

    private static List<String> versions(Migrator migrator, int to) {
        return migrator.rollback(Rollback.to(Integer.toString(to))).rolledBack().stream()
                .map(RolledBack::version)
                .toList();
    }

    private static List<String> down(int from, int to) {
        List<String> versions = new ArrayList<>(
                IntStream.rangeClosed(to + 1, from).mapToObj(Integer::toString).toList());
        Collections.reverse(versions);
        return versions;
    }

    private static void assertSame(String database, String expected) {
        assertThat(dump(database).lines().toList())
                .containsExactlyElementsOf(expected.lines().toList());
    }

    private static String dump(String database) {
        return server.dump(database, true);
    }

    private static Migrator migrator(String database, Scripts scripts) {
        return Migrator.builder(server.dataSource(database))
                .locations(scripts.location())
                .table("migrator_history")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .backup(BackupOptions.DEFAULT.mode(BackupMode.OFF))
                .build();
    }
}
