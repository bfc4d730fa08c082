package dev.migrator.psql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.migrator.Migrator;
import dev.migrator.run.MigrationReport;
import dev.migrator.run.MigratorException;
import dev.migrator.testing.InstalledPostgres;
import dev.migrator.testing.Program.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever psql runs, Migrator runs the same way: both apply a history, and pg_dump's output has no byte of difference.
 *
 * <p>With {@code -Dhistories=FOLDER,…} it compares the schemas that histories on this machine make; their data may hold random
 * numbers and the time.
 */
class PsqlComparisonTest {

    private static @Nullable InstalledPostgres server;
    private static int databases;
    private static int refused;
    private static int compared;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startServer() {
        server = InstalledPostgres.start();
    }

    /** A generator whose every history is refused would prove nothing. */
    @AfterAll
    static void compareEnough() {
        assertThat(compared).isGreaterThanOrEqualTo(refused);
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> generatedHistories() {
        return LongStream.rangeClosed(1, Long.getLong("histories.seeds", 12))
                .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> compareGenerated(seed)));
    }

    /** What psql refuses must be refused; there the history ends, for psql keeps what ran before the error. */
    private void compareGenerated(long seed) throws IOException {
        Path history = Files.createDirectories(folder.resolve("seed" + seed));
        String byPsql = database();
        String byMigrator = database();
        List<String> scripts = new ArrayList<>(List.of("CREATE TABLE first (a int, t text);"));
        scripts.addAll(WildHistory.of(seed, 15));
        for (int i = 0; i < scripts.size(); i++) {
            Path script = Files.writeString(history.resolve("V" + (i + 1) + "__s.sql"), scripts.get(i));
            Result psql = server.psqlFile(byPsql, script);
            if (psql.exitCode() != 0) {
                assertThat(catchThrowable(() -> migrate(byMigrator, history)))
                        .as("psql refused %s: %s", scripts.get(i), psql.output())
                        .isInstanceOf(MigratorException.class);
                refused++;
                return;
            }
        }
        assertThat(migrate(byMigrator, history).applied()).hasSameSizeAs(scripts);
        assertSame(byMigrator, byPsql, false);
        compared++;
    }

    private static void assertSame(String byMigrator, String byPsql, boolean schemaOnly) {
        String migrated = server.dump(byMigrator, schemaOnly);
        String expected = server.dump(byPsql, schemaOnly);
        if (!migrated.equals(expected)) {
            assertThat(migrated.lines().toList())
                    .containsExactlyElementsOf(expected.lines().toList());
        }
    }

    @TestFactory
    Stream<DynamicTest> historiesOnThisMachine() {
        return Stream.of(System.getProperty("histories", "").split(","))
                .filter(path -> !path.isBlank())
                .map(path -> DynamicTest.dynamicTest(path, () -> compare(Path.of(path))));
    }

    private static void compare(Path history) throws IOException {
        String byMigrator = database();
        MigrationReport report = migrate(byMigrator, history);
        String byPsql = database();
        for (MigrationReport.Applied applied : report.applied()) {
            Result psql = server.psqlFile(byPsql, history.resolve(applied.script()));
            assertThat(psql.exitCode())
                    .as(applied.script() + ": " + psql.output())
                    .isZero();
        }
        assertSame(byMigrator, byPsql, true);
        System.out.println(history + ": " + report.applied().size() + " scripts, no difference");
    }

    private static MigrationReport migrate(String database, Path history) {
        return Migrator.builder(server.dataSource(database))
                .locations("filesystem:" + history)
                .table("migrator_history") // real histories have tables named schema_migrations
                .placeholdersEnabled(false) // psql knows none
                .build()
                .migrate();
    }

    private static String database() {
        String name = "history_" + ++databases;
        server.createDatabase(name);
        return name;
    }
}
