package dev.migrator.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.migrator.Migrator;
import dev.migrator.backup.BackupMode;
import dev.migrator.backup.BackupOptions;
import dev.migrator.run.DatabaseUnreachableException;
import dev.migrator.run.MigrationFailedException;
import dev.migrator.run.RunCancelledException;
import dev.migrator.testing.InstalledPostgres;
import dev.migrator.testing.Scripts;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** A server that crashes before it has written to its disk what was committed, by which nobody but the run could be misled. */
class LateCommitsIT {

    private static final int SCRIPTS = 10;

    private static final String APPLIED =
            "SELECT version::int FROM schema_migrations WHERE state = 'applied' ORDER BY 1";

    private static final String TABLES =
            "SELECT substr(tablename, 2)::int FROM pg_tables WHERE tablename ~ '^t\\d+$' ORDER BY 1";

    private static InstalledPostgres server;

    @TempDir
    private Path folder;

    private String database;

    /** One that writes nothing by itself for as long as a test takes. */
    @BeforeAll
    static void startServer() {
        server = InstalledPostgres.start(
                "wal_writer_delay = '10s'", "wal_writer_flush_after = '1GB'", "checkpoint_timeout = '1h'");
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void writeScripts(TestInfo test) {
        database = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
        server.createDatabase(database);
        server.execute(database, SlowMigration.SLOW.toArray(String[]::new));
        Scripts scripts = new Scripts(folder);
        for (int i = 1; i <= SCRIPTS; i++) {
            scripts.with("V%d__t.sql".formatted(i), "CREATE TABLE t%d (id int);".formatted(i));
        }
    }

    private void last(String text) {
        new Scripts(folder).with("V%d__last.sql".formatted(SCRIPTS + 1), text);
    }

    private Migrator migrator() {
        return Migrator.builder(server.dataSource(database))
                .backup(BackupOptions.DEFAULT.mode(BackupMode.OFF))
                .locations("filesystem:" + folder)
                .build();
    }

    private static void crash() {
        server.shutDown("immediate");
        server.startUp();
    }

    private CompletableFuture<?> startSlowRun(Migrator migrator) {
        last("SELECT pg_sleep(seconds) FROM test.pace;\nCREATE TABLE t11 (id int);");
        CompletableFuture<?> run = CompletableFuture.runAsync(migrator::migrate);
        await().until(() -> server.column(database, SlowMigration.SLEEPS).get(0).equals("1"));
        return run;
    }

    private static List<String> numbers(int last) {
        return IntStream.rangeClosed(1, last).mapToObj(Integer::toString).toList();
    }

    /** Each of them has its row, and what it made. */
    private void assertDone(int last) {
        assertThat(server.column(database, APPLIED)).isEqualTo(numbers(last));
        assertThat(server.column(database, TABLES)).isEqualTo(numbers(last));
    }

    @Test
    void whatACrashTakesBackInMidRunItTakesBackWithItsRowsAndTheNextRunDoesAgain() {
        CompletableFuture<?> run = startSlowRun(migrator());

        crash();

        assertThatThrownBy(() -> run.orTimeout(1, TimeUnit.MINUTES).join())
                .hasCauseInstanceOf(DatabaseUnreachableException.class)
                .hasMessageContaining(
                        "10 migrations were applied before it by this run, and stay. If the server has crashed, or"
                                + " a standby has taken its place, the last of what this run has done may be undone: the history says it.");
        List<String> kept = server.column(database, APPLIED);
        assertThat(kept).as("else nothing is shown here").hasSizeLessThan(SCRIPTS);
        assertThat(server.column(database, TABLES)).isEqualTo(kept);

        server.execute(database, SlowMigration.QUICK);
        migrator().migrate();

        assertDone(SCRIPTS + 1);
    }

    @Test
    void aRunThatHasEndedIsOnTheDisk() {
        migrator().migrate();

        crash();

        assertDone(SCRIPTS);
    }

    @Test
    void soIsOneWhoseLastScriptDoesNotWaitEither() {
        last("SET synchronous_commit = off;\nCREATE TABLE t11 (id int);");
        migrator().migrate();

        crash();

        assertDone(SCRIPTS + 1);
    }

    @Test
    void soIsOneThatHasFailed() {
        last("SELECT 1 / 0;");
        assertThatThrownBy(() -> migrator().migrate()).isInstanceOf(MigrationFailedException.class);

        crash();

        assertDone(SCRIPTS);
    }

    @Test
    void andOneThatWasCancelled() {
        Migrator migrator = migrator();
        CompletableFuture<?> run = startSlowRun(migrator);
        migrator.cancel();
        assertThatThrownBy(() -> run.orTimeout(1, TimeUnit.MINUTES).join())
                .hasCauseInstanceOf(RunCancelledException.class);

        crash();

        assertDone(SCRIPTS);
    }

    /** A session that waits for one would keep the migration lock for as long. */
    @Test
    void noRunWaitsForAStandbyThatIsAwayBeyondItsEnd() {
        Migrator migrator = migrator();
        CompletableFuture<?> run = startSlowRun(migrator);
        server.execute(database, "ALTER SYSTEM SET synchronous_standby_names = 'nobody'", "SELECT pg_reload_conf()");
        try {
            await().until(() ->
                    server.column(database, "SHOW synchronous_standby_names").equals(List.of("nobody")));

            migrator.cancel();

            assertThatThrownBy(() -> run.orTimeout(1, TimeUnit.MINUTES).join())
                    .hasCauseInstanceOf(RunCancelledException.class);
            assertThat(server.column(database, "SELECT wait_event FROM pg_stat_activity WHERE wait_event = 'SyncRep'"))
                    .isEmpty();
            await().until(() -> server.column(database, "SELECT pid FROM pg_locks WHERE locktype = 'advisory'")
                    .isEmpty());
        } finally {
            server.execute(database, "ALTER SYSTEM RESET synchronous_standby_names", "SELECT pg_reload_conf()");
        }
    }
}
