package dev.migrator.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.migrator.testing.InstalledPostgres;
import dev.migrator.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What PostgreSQL counts of long commands, asked while they run. */
@Execution(ExecutionMode.CONCURRENT)
class CommandProgressTest {

    private static final String SLOWLY = "UPDATE nap SET seconds = 0.2";

    private final TestDatabase database = TestDatabase.create();
    private Connection worker;
    private Connection observer;

    @BeforeEach
    void connect() throws SQLException {
        database.execute(
                "CREATE TABLE t (id int) WITH (fillfactor = 10, autovacuum_enabled = off)",
                "INSERT INTO t SELECT generate_series(1, 1000)",
                "DELETE FROM t WHERE id % 2 = 0",
                "CREATE TABLE nap AS SELECT 0.0 AS seconds",
                // as its caller wishes, at each row: long enough to be seen on a busy machine, for it is cancelled then
                "CREATE FUNCTION slow(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS"
                        + " $$ BEGIN PERFORM pg_sleep(seconds) FROM public.nap; RETURN $1; END $$");
        worker = database.dataSource().getConnection();
        observer = database.dataSource().getConnection();
    }

    @AfterEach
    void disconnect() throws SQLException {
        worker.close();
        observer.close();
        database.close();
    }

    private CommandProgress seen(Predicate<CommandProgress> wanted, String... statements) throws Exception {
        int pid = pid(worker);
        CompletableFuture<Void> work =
                CompletableFuture.runAsync(() -> run(statements), task -> new Thread(task).start());
        CommandProgress seen = await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> CommandProgress.of(observer, pid), now -> now != null && wanted.test(now));
        try (Statement cancel = observer.createStatement()) {
            cancel.execute("SELECT pg_cancel_backend(" + pid + ")");
        }
        work.exceptionally(e -> null).orTimeout(1, TimeUnit.MINUTES).join();
        return seen;
    }

    private void run(String... statements) {
        try (Statement statement = worker.createStatement()) {
            for (String text : statements) {
                statement.execute(text);
            }
        } catch (SQLException e) {
            throw new CompletionException(e);
        }
    }

    private static int pid(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    @Test
    void anIndexCountsTheTablesBlocks() throws Exception {
        CommandProgress seen = seen(now -> now.done() > 0, SLOWLY, "CREATE INDEX ON t (slow(id))");

        assertThat(seen.command()).isEqualTo("CREATE INDEX");
        assertThat(seen.phase()).isEqualTo("building index: scanning table");
        assertThat(seen.unit()).isEqualTo("blocks");
        assertThat(seen.total()).isBetween(seen.done(), 200L);
    }

    @Test
    void aTableThatIsRewrittenCountsItsBlocks() throws Exception {
        CommandProgress seen = seen(
                now -> now.phase().equals("rebuilding index"),
                "CREATE INDEX i ON t (slow(id))",
                SLOWLY,
                "VACUUM FULL t");

        assertThat(seen.command()).isEqualTo("VACUUM FULL");
        assertThat(seen.total()).isZero();
        assertThat(seen.unit()).isEqualTo("rows");
    }

    @Test
    void aVacuumCountsBlocks() throws Exception {
        CommandProgress seen = seen(
                now -> now.done() > 0,
                "SET vacuum_cost_delay = '100ms'",
                "SET vacuum_cost_limit = 1",
                "VACUUM (FREEZE, DISABLE_PAGE_SKIPPING, PARALLEL 0) t");

        assertThat(seen.command()).isEqualTo("VACUUM");
        assertThat(seen.phase()).isIn("scanning heap", "vacuuming heap");
        assertThat(seen.total()).isBetween(seen.done(), 200L);
    }

    @Test
    void anAnalyzeSaysItsPhase() throws Exception {
        CommandProgress seen = seen(
                now -> now.phase().equals("computing statistics"),
                "CREATE INDEX i ON t (slow(id))",
                SLOWLY,
                "ANALYZE t");

        assertThat(seen.command()).isEqualTo("ANALYZE");
        assertThat(seen.total()).isZero();
    }

    @Test
    void whatIsNotCountedHasNone() throws Exception {
        assertThat(CommandProgress.of(observer, pid(worker))).isNull();
    }

    @Test
    void anOlderServersViewsHaveTheSameColumns() throws Exception {
        try (InstalledPostgres server = InstalledPostgres.start();
                Connection connection = server.dataSource("postgres").getConnection()) {
            assertThat(CommandProgress.of(connection, pid(connection))).isNull();
        }
    }
}
