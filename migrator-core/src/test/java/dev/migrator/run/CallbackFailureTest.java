package dev.migrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.migrator.Migrator;
import dev.migrator.MigratorBuilder;
import dev.migrator.migration.JavaMigration;
import dev.migrator.migration.MigrationContext;
import dev.migrator.testing.DatabaseTest;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A callback that fails, is cancelled or loses its connection, and the one that runs after a failure. */
class CallbackFailureTest extends DatabaseTest {

    private static final String FAILS = "-- a line\nSELECT 1 / 0;";

    private static final String NAP = "SELECT pg_sleep(300)";

    private final List<RunEvent> events = new CopyOnWriteArrayList<>();

    @BeforeEach
    void makeTheTable() {
        database.execute(
                "CREATE SCHEMA test", "CREATE TABLE test.told (id int GENERATED ALWAYS AS IDENTITY, what text)");
        scripts.with("V1__a.sql", note("V1"))
                .with("V2__b.sql", note("V2"))
                .with("afterMigrateError.sql", note("error"));
    }

    private static String note(String what) {
        return "INSERT INTO test.told (what) VALUES ('" + what + "');";
    }

    private List<String> told() {
        return database.column("SELECT what FROM test.told ORDER BY id");
    }

    private MigratorBuilder listening() {
        return migrator().listener(events::add);
    }

    private MigrationFailedException failure() {
        return failure(MigrationFailedException.class, listening());
    }

    private List<RunEvent> ofSort(Class<? extends RunEvent> sort) {
        return events.stream().filter(sort::isInstance).toList();
    }

    @Test
    void beforeMigrateKeepsEverythingFromRunning() {
        scripts.with("beforeMigrate.sql", note("before") + FAILS);

        MigrationFailedException failure = failure();

        assertThat(failure).hasMessage("""
                        Callback beforeMigrate.sql:2:1 failed, statement 2 of 2.

                            SELECT 1 / 0
                            ^

                        PostgreSQL (SQLSTATE 22012): division by zero

                        Database: the server rolled beforeMigrate.sql back as a whole. No migration was run.
                        Next: Correct the callback and start again; the run begins with it.""");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.MIGRATION_FAILED);
        assertThat(failure.leftNothing()).isTrue();
        assertThat(told()).containsExactly("error");
        assertThat(history()).isEmpty();
        assertThat(ofSort(RunEvent.RunFailed.class)).hasSize(1);
        scripts.without("beforeMigrate.sql");
        migrator().build().migrate();
        assertThat(history()).hasSize(2);
    }

    /** Else a baseline that is configured would take what the callback has made for a schema from before Migrator. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatBeforeMigrateMadeAheadOfTheFirstMigrationIsNotTakenForABaseline(boolean baselineOnMigrate) {
        scripts.with("beforeMigrate__1.sql", "CREATE TABLE IF NOT EXISTS made (id int);")
                .with("beforeMigrate__2.sql", FAILS);
        failure(MigrationFailedException.class, migrator().baselineOnMigrate(baselineOnMigrate));
        assertThat(history()).isEmpty();
        scripts.without("beforeMigrate__2.sql");

        migrator().baselineOnMigrate(baselineOnMigrate).build().migrate();

        assertThat(history()).containsExactly("1 versioned applied 1/1", "2 versioned applied 1/1");
    }

    @Test
    void beforeMigrateThatIsNoSingleTransactionSaysThatAPartStays() {
        scripts.with("beforeMigrate.sql", note("before") + "\nVACUUM test.told;\n" + FAILS);

        MigrationFailedException failure = failure();

        assertThat(failure.databaseState())
                .isEqualTo("beforeMigrate.sql is no single transaction: what it had committed until then stays."
                        + " No migration was run.");
        assertThat(failure.leftNothing()).isFalse();
        assertThat(failure.failure().where()).isEqualTo("beforeMigrate.sql:4:1");
        assertThat(told()).containsExactly("before", "error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"beforeEachMigrate", "afterEachMigrate"})
    void aroundAMigrationTakesItBackAsAWhole(String callback) {
        scripts.with(
                callback + ".sql",
                "DO $$ BEGIN IF (SELECT count(*) FROM schema_migrations) = 1 THEN PERFORM 1 / 0;" + " END IF; END $$;");

        MigrationFailedException failure = failure();

        assertThat(failure.description())
                .startsWith("Callback " + callback + ".sql:1:7 of V2__b.sql failed, statement 1 of 1.");
        assertThat(failure.databaseState())
                .isEqualTo(
                        "the server rolled V2__b.sql back as a whole. One migration was applied before it by this run,"
                                + " and stays.");
        assertThat(failure.action())
                .isEqualTo("Correct " + callback + ".sql and start again; V2__b.sql will be run from its beginning.");
        assertThat(failure.failure().script()).isEqualTo("V2__b.sql");
        assertThat(failure.failure().version()).isEqualTo("2");
        assertThat(failure.failure().callback()).isEqualTo(callback + ".sql");
        assertThat(told()).containsExactly("V1", "error");
        assertThat(history()).containsExactly("1 versioned applied 1/1", "2 versioned failed 0/1");
        assertThat(database.value("SELECT error FROM schema_migrations WHERE version = '2'"))
                .isEqualTo("22012 division by zero at " + callback + ".sql:1:7");
        assertThat(ofSort(RunEvent.StepFailed.class)).hasSize(1);
        assertThat(migrator().build().status().migrations().get(1).state()).isEqualTo("failed");
    }

    @ParameterizedTest
    @CsvSource({
        "beforeEachMigrate, 0, nothing of V1__a.sql is done.",
        "afterEachMigrate, 2," + " statements 1 to 2 of 2 of V1__a.sql are done and stay."
    })
    void aroundAScriptOfSeveralTransactionsLeavesWhatIsDone(String callback, int done, String state) {
        scripts.with("V1__a.sql", note("V1") + "\nVACUUM test.told;").with(callback + ".sql", FAILS);

        MigrationFailedException failure = failure();

        assertThat(failure.description()).startsWith("Callback " + callback + ".sql:2:1 of V1__a.sql failed");
        assertThat(failure.databaseState()).isEqualTo(state + " No other migration was applied by this run.");
        assertThat(failure.action())
                .isEqualTo("Correct " + callback
                        + ".sql and start again; V1__a.sql goes on behind its last statement that is done.");
        assertThat(history()).containsExactly("1 versioned failed " + done + "/2");
        scripts.with(callback + ".sql", note("now"));
        migrator().build().migrate();
        assertThat(history())
                .containsExactly(
                        "1 versioned failed " + done + "/2", "1 versioned applied 2/2", "2 versioned applied 1/1");
        assertThat(told().stream().filter("V1"::equals)).hasSize(1);
    }

    @Test
    void beforeEachThatFailsKeepsHiddenWhatAnEarlierRunLeftHidden() {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);\nCREATE INDEX CONCURRENTLY a_id ON nowhere (id);");
        failure();
        database.execute(
                "UPDATE schema_migrations SET state = 'interrupted', error = NULL, details = '{\"begun\": 2}'");
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);\nCREATE INDEX CONCURRENTLY a_id ON a (id);")
                .with("beforeEachMigrate.sql", FAILS);

        MigrationFailedException failure = failure();

        assertThat(failure.databaseState())
                .isEqualTo("statements 1 to 1 of 2 of V1__a.sql are done and stay."
                        + " No other migration was applied by this run.");
        assertThat(database.value("SELECT state || ' ' || (details->>'begun') FROM schema_migrations"
                        + " ORDER BY id DESC LIMIT 1"))
                .isEqualTo("failed 2");
        scripts.without("beforeEachMigrate.sql");
        migrator().build().migrate();
        assertThat(database.value("SELECT indisvalid FROM pg_index WHERE indexrelid = 'a_id'::regclass"))
                .isEqualTo("t");
    }

    @ParameterizedTest
    @CsvSource({
        "beforeEachMigrate, nothing of V3__Code was run.",
        "afterEachMigrate, V3__Code ran outside of a transaction; what it did until it ended stays."
    })
    void aroundAMigrationInJavaOutsideOfATransactionSaysWhatWasRun(String callback, String state) {
        scripts.without("V1__a.sql").without("V2__b.sql").with(callback + ".sql", FAILS);

        MigrationFailedException failure =
                failure(MigrationFailedException.class, migrator().javaMigrations(List.of(new V3__Code())));

        assertThat(failure.databaseState().replace(V3__Code.class.getName(), "V3__Code"))
                .isEqualTo(state + " No other migration was applied by this run.");
        assertThat(failure.action()).endsWith("will be run from its beginning.");
        assertThat(history()).containsExactly("3 versioned failed 0/0");
    }

    private static final class V3__Code implements JavaMigration {

        @Override
        public boolean transactional() {
            return false;
        }

        @Override
        public void migrate(MigrationContext context) throws SQLException {
            try (Statement statement = context.connection().createStatement()) {
                statement.execute(note("Java"));
            }
        }
    }

    @Test
    void afterMigrateLeavesWhatIsAppliedAndSaysThatItDoesNotRunAgain() {
        scripts.with("afterMigrate.sql", FAILS);

        MigrationFailedException failure = failure();

        assertThat(failure.databaseState())
                .isEqualTo(
                        "the server rolled afterMigrate.sql back as a whole. All 2 migrations of this run are applied,"
                                + " and stay.");
        assertThat(failure.action())
                .isEqualTo("Correct the callback. The next start does not run afterMigrate.sql unless there are new"
                        + " migrations: run by hand what it does, or put that into a repeatable migration.");
        assertThat(told()).containsExactly("V1", "V2", "error");
        assertThat(history()).containsExactly("1 versioned applied 1/1", "2 versioned applied 1/1");
        assertThat(migrator().build().migrate().applied()).isEmpty();
    }

    @Test
    void afterMigrateErrorHidesNothingWhenItFails() {
        scripts.with("V2__b.sql", "SELECT nonsense;")
                .with("afterMigrateError.sql", "SELECT worse;")
                .with("afterMigrateError__2.sql", note("second"));

        MigrationFailedException failure = failure();

        assertThat(failure).hasMessageContaining("V2__b.sql:1:8").hasMessageContaining("nonsense");
        assertThat(failure.getMessage()).doesNotContain("worse");
        assertThat(told()).containsExactly("V1", "second");
        assertThat(ofSort(RunEvent.CallbackFinished.class))
                .extracting(event -> ((RunEvent.CallbackFinished) event).script())
                .containsExactly("afterMigrateError__2.sql");
        assertThat(history()).containsExactly("1 versioned applied 1/1", "2 versioned failed 0/1");
    }

    @Test
    void afterMigrateErrorIsLimitedInTimeForNobodyCanCancelIt() {
        scripts.with("V2__b.sql", "SELECT nonsense;")
                .with(
                        "afterMigrateError.sql",
                        "INSERT INTO test.told (what) SELECT current_setting('statement_timeout');");

        failure();

        assertThat(told()).containsExactly("V1", "30s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"beforeMigrate", "beforeEachMigrate", "afterEachMigrate", "afterMigrate"})
    void aCancelledOneIsRolledBackAndNoErrorIsCalledFor(String callback) {
        scripts.with(callback + ".sql", NAP + ";").without("V2__b.sql");
        Migrator migrator = listening().build();
        CompletableFuture<MigrationReport> run =
                CompletableFuture.supplyAsync(migrator::migrate, task -> new Thread(task, "callback-test").start());
        await().until(() -> database.value("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                        + " AND pid <> pg_backend_pid() AND state = 'active' AND query = '" + NAP + "'")
                .equals("1"));

        migrator.cancel();
        CompletionException end =
                catchThrowableOfType(CompletionException.class, () -> run.orTimeout(1, TimeUnit.MINUTES)
                        .join());

        assertThat(end.getCause())
                .isInstanceOf(RunCancelledException.class)
                .hasMessageContaining("The run was cancelled while " + callback + ".sql:1:1");
        boolean behind = callback.equals("afterMigrate");
        assertThat(told()).isEqualTo(behind ? List.of("V1") : List.of());
        if (behind) {
            assertThat(end.getCause()).hasMessageContaining("The next start does not run afterMigrate.sql");
        }
        scripts.without(callback + ".sql");
        migrator().build().migrate();
        assertThat(history()).containsExactly("1 versioned applied 1/1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"beforeMigrate", "beforeEachMigrate", "afterEachMigrate", "afterMigrate"})
    void aLostConnectionIsSaidAndTheNextStartGoesOn(String callback) {
        String self = callback.contains("Each")
                ? "DO $$ BEGIN IF NOT EXISTS (SELECT FROM schema_migrations) THEN PERFORM"
                        + " pg_terminate_backend(pg_backend_pid()), pg_sleep(10); END IF; END $$;"
                : "SELECT pg_terminate_backend(pg_backend_pid());\nSELECT pg_sleep(10);";
        scripts.with(callback + ".sql", self);

        DatabaseUnreachableException failure = failure(DatabaseUnreachableException.class, listening());

        assertThat(failure).hasMessageContaining("The connection was lost while ");
        assertThat(told()).isEqualTo(callback.equals("afterMigrate") ? List.of("V1", "V2") : List.of());
        scripts.without(callback + ".sql");
        migrator().build().migrate();
        assertThat(told()).containsExactly("V1", "V2");
        assertThat(history()).containsExactly("1 versioned applied 1/1", "2 versioned applied 1/1");
    }
}
