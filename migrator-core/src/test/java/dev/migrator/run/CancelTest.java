package dev.migrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.migrator.Migrator;
import dev.migrator.MigratorState;
import dev.migrator.backup.BackupOptions;
import dev.migrator.migration.JavaMigration;
import dev.migrator.migration.MigrationContext;
import dev.migrator.postgres.AdvisoryLock;
import dev.migrator.testing.DatabaseTest;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A run that is cancelled ends soon and in good order, and the next one goes on where it stopped. */
@Execution(ExecutionMode.CONCURRENT)
class CancelTest extends DatabaseTest {

    /** As long as the test wants: the table says how many seconds. */
    private static final String NAP = "SELECT pg_sleep(seconds) FROM test.nap;\n";

    @BeforeEach
    void makeTheNap() {
        database.execute("CREATE SCHEMA test", "CREATE TABLE test.nap AS SELECT 300 AS seconds");
    }

    private void wake() {
        database.execute("UPDATE test.nap SET seconds = 0");
    }

    private CompletableFuture<MigrationReport> start(Migrator migrator) {
        // the common pool has too few threads for tests that run side by side
        return CompletableFuture.supplyAsync(migrator::migrate, task -> new Thread(task, "cancel-test").start());
    }

    private void awaitStatement(String text) {
        await().until(() -> database.value("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                        + " AND pid <> pg_backend_pid() AND state = 'active' AND query LIKE '" + text + "%'")
                .equals("1"));
    }

    private RunCancelledException cancel(Migrator migrator, CompletableFuture<MigrationReport> run) {
        long start = System.nanoTime();
        migrator.cancel();
        CompletionException end =
                catchThrowableOfType(CompletionException.class, () -> run.orTimeout(1, TimeUnit.MINUTES)
                        .join());
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
        assertThat(end.getCause()).isInstanceOf(RunCancelledException.class);
        assertNothingIsLeft();
        return (RunCancelledException) end.getCause();
    }

    private void assertNothingIsLeft() {
        await().untilAsserted(() -> assertThat(database.column("SELECT pid || ' ' || query FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                        + " AND application_name <> 'the test'"))
                .isEmpty());
    }

    @Test
    void aTransactionIsRolledBackAndLeavesNoRow() {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);")
                .with("V2__b.sql", "CREATE TABLE b (id int);\n" + NAP + "CREATE TABLE c (id int);");
        Migrator migrator = migrator().build();
        CompletableFuture<MigrationReport> run = start(migrator);
        awaitStatement("SELECT pg_sleep");

        RunCancelledException cancelled = cancel(migrator, run);

        assertThat(cancelled).hasMessage("""
                        The run was cancelled while V2__b.sql:2:1 (statement 2 of 3) ran.

                        Database: the server rolled V2__b.sql back as a whole. One migration was applied before it by\
                         this run, and stays.
                        Next: Start again: the run goes on where it stopped.""");
        assertThat(cancelled.exitCode()).isEqualTo(ExitCode.MIGRATION_FAILED);
        assertThat(history()).containsExactly("1 versioned applied 1/1");
        assertThat(migrator.snapshot().state()).isEqualTo(MigratorState.PENDING);
        assertThat(migrator.snapshot().migrations().get(1).state()).isEqualTo("pending");
        wake();
        assertThat(migrator.migrate().applied()).hasSize(1);
    }

    @Test
    void aScriptOfSeveralTransactionsIsMarkedAsInterruptedAndGoesOnBehindItsCheckpoint() {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);\nVACUUM a;\n" + NAP + "INSERT INTO a VALUES (1);");
        Migrator migrator = migrator().application("orders").build();
        CompletableFuture<MigrationReport> run = start(migrator);
        awaitStatement("SELECT pg_sleep");

        RunCancelledException cancelled = cancel(migrator, run);

        assertThat(cancelled.databaseState())
                .isEqualTo("statements 1 to 2 of 4 of V1__a.sql are done and stay."
                        + " No other migration was applied by this run.");
        assertThat(history()).containsExactly("1 versioned interrupted 2/4");
        assertThat(database.value("SELECT instance FROM schema_migrations"))
                .contains("pid " + ProcessHandle.current().pid() + ", orders");
        wake();
        migrator.migrate();
        assertThat(history()).containsExactly("1 versioned interrupted 2/4", "1 versioned applied 4/4");
        assertThat(database.column("SELECT id FROM a")).containsExactly("1");
    }

    @Test
    void anIndexThatIsBeingBuiltConcurrentlyLeavesNoInvalidOne() throws SQLException {
        database.execute("CREATE SCHEMA app", "CREATE TABLE app.a (id int)");
        scripts.with("V1__a.sql", "CREATE INDEX CONCURRENTLY a_id ON app.a (id);");
        Migrator migrator = migrator().build();
        try (Connection other = database.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            statement.execute("SET application_name = 'the test'");
            other.setAutoCommit(false);
            statement.execute("INSERT INTO app.a VALUES (1)");
            CompletableFuture<MigrationReport> run = start(migrator);
            awaitStatement("CREATE INDEX");

            cancel(migrator, run);

            assertThat(history()).containsExactly("1 versioned interrupted 0/1");
            other.rollback();
        }

        migrator.migrate();
        assertThat(database.column("SELECT indexrelid::regclass || ' ' || indisvalid FROM pg_index"
                        + " WHERE indrelid = 'app.a'::regclass"))
                .containsExactly("app.a_id true");
    }

    @Test
    void anInvalidIndexIsDroppedAtOnceWhereNobodyHindersIt() {
        database.execute("CREATE SCHEMA app", "CREATE TABLE app.a (id int)", "INSERT INTO app.a VALUES (1)", """
                CREATE FUNCTION app.slowly(id int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$
                BEGIN PERFORM pg_sleep(seconds) FROM test.nap; RETURN id; END $$""");
        scripts.with("V1__a.sql", "CREATE INDEX CONCURRENTLY a_id ON app.a (app.slowly(id));");
        Migrator migrator = migrator().build();
        CompletableFuture<MigrationReport> run = start(migrator);
        awaitStatement("CREATE INDEX");
        await().until(() -> database.value("SELECT count(*) FROM pg_index WHERE indrelid = 'app.a'::regclass")
                .equals("1"));

        cancel(migrator, run);

        assertThat(database.value("SELECT count(*) FROM pg_index WHERE indrelid = 'app.a'::regclass"))
                .isEqualTo("0");
    }

    @Test
    void anIndexThatIsBeingBuiltAgainConcurrentlyLeavesNoInvalidOne() throws SQLException {
        database.execute("CREATE SCHEMA app", "CREATE TABLE app.a (id int)", "INSERT INTO app.a VALUES (1)", """
                CREATE FUNCTION app.slowly(id int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$
                BEGIN PERFORM pg_sleep(seconds) FROM test.nap; RETURN id; END $$""");
        wake();
        database.execute("CREATE INDEX a_id ON app.a (app.slowly(id))", "UPDATE test.nap SET seconds = 300");
        scripts.with("V1__a.sql", "REINDEX INDEX CONCURRENTLY app.a_id;");
        Migrator migrator = migrator().build();
        CompletableFuture<MigrationReport> run = start(migrator);
        awaitStatement("REINDEX");
        await().until(() -> database.value("SELECT count(*) FROM pg_index WHERE indrelid = 'app.a'::regclass")
                .equals("2"));

        cancel(migrator, run);

        assertThat(database.column("SELECT indexrelid::regclass FROM pg_index WHERE indrelid = 'app.a'::regclass"))
                .containsExactly("app.a_id");
    }

    @Test
    void aProcedureThatCommitsIsNotSaidToHaveDied() {
        database.execute("CREATE TABLE test.part (id int)");
        scripts.with(
                "V1__a.sql",
                "DO $$ BEGIN INSERT INTO test.part VALUES (1); COMMIT;"
                        + " PERFORM pg_sleep(seconds) FROM test.nap; END $$;");
        Migrator migrator = migrator().build();
        CompletableFuture<MigrationReport> run = start(migrator);
        await().until(() -> database.value("SELECT count(*) FROM test.part").equals("1"));

        RunCancelledException cancelled = cancel(migrator, run);

        assertThat(cancelled.databaseState()).contains("Statement 1 may have committed a part of its work");
        wake();
        assertThat(failure(MigrationFailedException.class, migrator()).description())
                .contains("An earlier run ended before it knew what became of statement 1 (")
                .doesNotContain("died");
        assertThat(database.value("SELECT count(*) FROM test.part")).isEqualTo("1");
    }

    @Test
    void theWaitForTheLockEnds() throws SQLException {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);");
        Migrator migrator = migrator().build();
        try (Connection other = database.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            statement.execute("SET application_name = 'the test'");
            AdvisoryLock.of("public", "schema_migrations").tryAcquire(other);
            CompletableFuture<MigrationReport> run = start(migrator);
            await().until(() -> {
                var current = migrator.snapshot().current();
                return current != null && current.phase() == Phase.WAITING_FOR_LOCK;
            });

            assertThat(cancel(migrator, run)).hasMessageStartingWith("The run was cancelled");
        }
        assertThat(database.value("SELECT to_regclass('schema_migrations') IS NULL"))
                .isEqualTo("t");
        assertThat(migrator.migrate().applied()).hasSize(1);
    }

    @Test
    void thePauseBeforeTheNextAttemptEnds() throws Exception {
        database.execute("CREATE SCHEMA app", "CREATE TABLE app.a (id int)");
        scripts.with("V1__a.sql", "ALTER TABLE app.a ADD COLUMN name text;");
        CountDownLatch retried = new CountDownLatch(1);
        Migrator migrator = migrator()
                .lockTimeout(Duration.ofMillis(50))
                .retry(5, Duration.ofMinutes(5), Duration.ofMinutes(5))
                .listener(event -> {
                    if (event instanceof RunEvent.StepRetried) {
                        retried.countDown();
                    }
                })
                .build();
        try (Connection other = database.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            statement.execute("SET application_name = 'the test'");
            other.setAutoCommit(false);
            statement.execute("SELECT * FROM app.a");
            CompletableFuture<MigrationReport> run = start(migrator);
            assertThat(retried.await(30, TimeUnit.SECONDS)).isTrue();

            assertThat(cancel(migrator, run).databaseState())
                    .startsWith("the server rolled V1__a.sql back as a whole.");
        }
        assertThat(migrator.migrate().applied()).hasSize(1);
    }

    @Test
    void dataThatAreBeingCopiedAreRolledBack() {
        database.execute(
                "CREATE SCHEMA app",
                "CREATE TABLE app.a (id int)",
                """
                CREATE FUNCTION app.slowly() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN PERFORM pg_sleep(seconds) FROM test.nap; RETURN new; END $$""",
                "CREATE TRIGGER slowly BEFORE INSERT ON app.a FOR EACH ROW EXECUTE FUNCTION app.slowly()");
        scripts.with("V1__a.sql", "COPY app.a FROM STDIN;\n1\n2\n\\.\n");
        Migrator migrator = migrator().build();
        CompletableFuture<MigrationReport> run = start(migrator);
        awaitStatement("COPY");

        cancel(migrator, run);

        assertThat(history()).isEmpty();
        wake();
        migrator.migrate();
        assertThat(database.column("SELECT id FROM app.a")).containsExactly("1", "2");
    }

    /** Sleeps, and goes on as if nothing had happened when it is woken. */
    private static final class Stubborn implements JavaMigration {

        private final boolean transactional;
        private final AtomicBoolean refused = new AtomicBoolean();

        Stubborn(boolean transactional) {
            this.transactional = transactional;
        }

        @Override
        public String name() {
            return "V1__Stubborn";
        }

        @Override
        public boolean transactional() {
            return transactional;
        }

        @Override
        public void migrate(MigrationContext context) throws SQLException {
            try (Statement statement = context.connection().createStatement()) {
                statement.execute("CREATE TABLE IF NOT EXISTS a (id int)");
                try {
                    statement.execute(NAP);
                } catch (SQLException e) {
                    refuse(statement);
                }
            }
        }

        private void refuse(Statement statement) {
            try {
                statement.execute("INSERT INTO a VALUES (1)");
            } catch (SQLException e) {
                refused.set(
                        String.valueOf(e.getMessage()).contains("The run was cancelled: execute() was not executed"));
                throw new IllegalStateException("something else");
            }
        }
    }

    @Test
    void aMigrationInJavaIsStoppedByTheStatementThatItSends() {
        Stubborn java = new Stubborn(true);
        Migrator migrator = Migrator.builder(database.dataSource())
                .locations(scripts.location())
                .javaMigrations(List.of(java))
                .build();
        CompletableFuture<MigrationReport> run = start(migrator);
        awaitStatement("SELECT pg_sleep");

        RunCancelledException cancelled = cancel(migrator, run);

        assertThat(java.refused).isTrue();
        assertThat(cancelled.databaseState()).contains("Stubborn back as a whole.");
        assertThat(history()).isEmpty();
        wake();
        assertThat(migrator.migrate().applied()).hasSize(1);
    }

    @Test
    void aMigrationInJavaOutsideOfATransactionIsMarkedAsInterrupted() {
        Migrator migrator = Migrator.builder(database.dataSource())
                .locations(scripts.location())
                .javaMigrations(List.of(new Stubborn(false)))
                .build();
        CompletableFuture<MigrationReport> run = start(migrator);
        awaitStatement("SELECT pg_sleep");

        assertThat(cancel(migrator, run).databaseState())
                .contains("Stubborn ran outside of a transaction; what it did until it ended stays.");

        assertThat(history()).containsExactly("1 versioned interrupted 0/0");
        wake();
        assertThat(migrator.migrate().applied()).hasSize(1);
    }

    @Test
    void aStatementThatWillNotEndLosesItsConnection() {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);\n" + """
                DO $$
                BEGIN
                  FOR i IN 1 .. (SELECT seconds FROM test.nap) LOOP
                    BEGIN PERFORM pg_sleep(1); EXCEPTION WHEN query_canceled THEN NULL; END;
                  END LOOP;
                END $$;
                """);
        Migrator migrator = migrator().build();
        CompletableFuture<MigrationReport> run = start(migrator);
        awaitStatement("DO");

        migrator.cancel();

        assertThat(catchThrowableOfType(CompletionException.class, () -> run.orTimeout(1, TimeUnit.MINUTES)
                                .join())
                        .getCause())
                .isInstanceOf(RunCancelledException.class)
                .hasMessageContaining("its connection was lost by then")
                .hasMessageContaining("V1__a.sql is not recorded as applied");
        assertNothingIsLeft();
        assertThat(history()).isEmpty();
        wake();
        assertThat(migrator.migrate().applied()).hasSize(1);
    }

    @Test
    void aTimeLimitIsAFailureLikeAnyOther() {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);\n" + NAP);

        assertThat(failure(MigrationFailedException.class, migrator().statementTimeout(Duration.ofMillis(100))))
                .hasMessageContaining("57014")
                .hasMessageContaining("statement timeout");
        assertThat(history()).containsExactly("1 versioned failed 0/2");
    }

    @Test
    void withoutARunThereIsNothingToCancel() {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);");
        Migrator migrator = migrator().build();

        assertThatCode(migrator::cancel).doesNotThrowAnyException();

        assertThat(migrator.migrate().applied()).hasSize(1);
        migrator.cancel();
        assertThat(migrator.migrate().applied()).isEmpty();
    }

    /** As ctrl-C does on a terminal, which ends pg_dump too. */
    @Test
    void aBackupThatFailsBecauseTheRunIsCancelledIsNoFailureOfTheBackup() {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);").with("V2__b.sql", "CREATE TABLE b (id int);");
        migrator().target("1").build().migrate();
        AtomicReference<Migrator> migrator = new AtomicReference<>();
        migrator.set(migrator()
                .backup(BackupOptions.DEFAULT)
                .backup(request -> {
                    migrator.get().cancel();
                    throw new IOException("it was ended");
                })
                .build());

        RunCancelledException cancelled = catchThrowableOfType(
                RunCancelledException.class, () -> migrator.get().migrate());

        assertThat(cancelled.description()).isEqualTo("The run was cancelled while a backup was taken.");
        assertThat(history()).hasSize(1);
    }

    @Test
    void aRunThatIsCancelledAtAnyMomentLosesNothingAndRepeatsNothing() throws Exception {
        database.execute("CREATE SCHEMA app", "CREATE TABLE app.ran (script int)");
        for (int i = 1; i <= 60; i += 2) {
            scripts.with(
                            "V" + i + "__t.sql",
                            "INSERT INTO app.ran VALUES (" + i + ");\nCREATE TABLE t" + i + " (id int);")
                    .with(
                            "V" + (i + 1) + "__i.sql",
                            "INSERT INTO app.ran VALUES (" + (i + 1) + ");\nCREATE INDEX CONCURRENTLY ON t" + i
                                    + " (id);\nVACUUM t" + i + ";\nINSERT INTO t" + i + " VALUES (1);");
        }
        int cancelled = 0;
        for (long round = 1; ; round++) {
            Migrator migrator = migrator().build();
            CompletableFuture<MigrationReport> run = start(migrator);
            await().pollInterval(Duration.ofMillis(1))
                    .until(() -> run.isDone() || migrator.snapshot().current() != null);
            // later each time, so that there is an end to it on a busy machine too
            Thread.sleep(5 + round * 7);
            migrator.cancel();
            try {
                run.orTimeout(1, TimeUnit.MINUTES).join();
                break;
            } catch (CompletionException e) {
                assertThat(e.getCause()).isInstanceOf(RunCancelledException.class);
                cancelled++;
            }
            assertThat(database.column("SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid"))
                    .isEmpty();
        }

        assertThat(cancelled).isGreaterThan(3);
        assertThat(database.value("SELECT count(*) || ' ' || count(DISTINCT script) FROM app.ran"))
                .isEqualTo("60 60");
        assertThat(database.value("SELECT count(*) || ' ' || count(DISTINCT version) FROM schema_migrations"
                        + " WHERE state = 'applied'"))
                .isEqualTo("60 60");
        assertThat(database.value("SELECT count(*) FROM pg_index WHERE indrelid::regclass::text ~ '^t\\d+$'"))
                .isEqualTo("30");
        assertThat(database.value("SELECT sum(n_live) FROM (SELECT (xpath('/row/c/text()', query_to_xml("
                        + "'SELECT count(*) AS c FROM ' || relname, false, true, '')))[1]::text::int AS n_live"
                        + " FROM pg_class WHERE relname ~ '^t\\d+$' AND relkind = 'r') AS counts"))
                .isEqualTo("30");
        assertNothingIsLeft();
    }
}
