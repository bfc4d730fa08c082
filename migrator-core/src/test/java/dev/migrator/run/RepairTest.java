package dev.migrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrator.MigrationInfo;
import dev.migrator.Migrator;
import dev.migrator.migration.JavaMigration;
import dev.migrator.migration.MigrationContext;
import dev.migrator.testing.DatabaseTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A person says how far a migration has come. */
class RepairTest extends DatabaseTest {

    private static final String FILL = """
            CREATE TABLE IF NOT EXISTS later (id int);
            CALL fill();
            INSERT INTO later VALUES (1);
            """;

    @BeforeEach
    void setUp() {
        scripts.with("V1__t.sql", """
                CREATE TABLE t (id int);
                CREATE PROCEDURE fill() LANGUAGE plpgsql AS $$ BEGIN INSERT INTO t VALUES (1); COMMIT; END $$;
                """);
        migrator().build().migrate();
    }

    /** As an instance leaves it that died at this statement, with what stands before it done. */
    private void dieAt(String script, String text, int statement) {
        scripts.with(script, text);
        database.execute(
                "CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.statements_done = "
                        + statement
                        + " THEN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(10); END IF;"
                        + " RETURN NEW; END $$",
                "CREATE TRIGGER die BEFORE UPDATE ON schema_migrations FOR EACH ROW EXECUTE FUNCTION die()");
        failure(DatabaseUnreachableException.class, migrator());
        database.execute("DROP FUNCTION die CASCADE");
    }

    private String rows() {
        return database.value("SELECT (SELECT count(*) FROM t) || ' ' || (SELECT count(*) FROM later)");
    }

    private ConfigurationException refusal(Repair repair) {
        List<String> before = history();
        ConfigurationException refusal = catchThrowableOfType(
                ConfigurationException.class, () -> migrator().build().repair(repair));
        assertThat(history()).isEqualTo(before);
        assertThat(refusal.databaseState()).isEqualTo("nothing was recorded; it is as it was.");
        return refusal;
    }

    @Test
    void goesOnBehindTheStatementThatIsDone() {
        dieAt("V2__fill.sql", FILL, 2);

        RepairReport report = migrator().build().repair(Repair.resumeAfter(2));

        assertThat(report.summary())
                .isEqualTo("V2__fill.sql is recorded as done up to statement 2 of 3; the next run goes on there.");
        assertThat(rows()).isEqualTo("1 0");
        migrator().build().migrate();
        assertThat(rows()).isEqualTo("1 1");
        assertThat(history())
                .containsExactly(
                        "1 versioned applied 2/2",
                        "2 versioned interrupted 1/3",
                        "2 repair interrupted 2/3",
                        "2 versioned applied 3/3");
    }

    @Test
    void executesTheStatementAgain() {
        dieAt("V2__fill.sql", FILL, 2);
        failure(MigrationFailedException.class, migrator());

        RepairReport report = migrator().build().repair(Repair.retry().of("2"));

        assertThat(report.statementsDone()).isEqualTo(1);
        migrator().build().migrate();
        assertThat(rows()).isEqualTo("2 1");
        assertThat(history())
                .containsExactly(
                        "1 versioned applied 2/2",
                        "2 versioned interrupted 1/3",
                        "2 repair interrupted 1/3",
                        "2 versioned applied 3/3");
    }

    @Test
    void takesTheWholeAsApplied() {
        dieAt("V2__fill.sql", FILL, 2);
        Migrator migrator = migrator().build();

        RepairReport report = migrator.repair(Repair.markApplied().of("V2__fill.sql"));

        assertThat(report.summary()).isEqualTo("V2__fill.sql is recorded as applied.");
        assertThat(migrator.snapshot().migrations())
                .extracting(MigrationInfo::kind, MigrationInfo::state)
                .endsWith(org.assertj.core.groups.Tuple.tuple("repair", "applied"));
        assertThat(migrator().build().migrate().applied()).isEmpty();
        assertThat(rows()).isEqualTo("1 0");
        assertThat(history()).endsWith("2 versioned interrupted 1/3", "2 repair applied 3/3");

        scripts.with("V2__fill.sql", FILL + "-- changed");
        assertThat(failure(ValidationFailedException.class, migrator()))
                .hasMessageContaining("V2__fill.sql was changed after it was applied");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void recordsTheChecksumThatACheckpointWouldHaveHad(int done) {
        String script =
                "-- migrator: transaction=none\nSELECT 1; SELECT 2;\nCOPY t FROM STDIN;\n1\n2\n\\.\nSELECT 4 / %d;";
        scripts.with("V2__copy.sql", script.formatted(done == 4 ? 1 : 0));
        database.execute("CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.statements_done > "
                + done + " OR NEW.state = 'applied' THEN RAISE 'stop'; END IF; RETURN NEW; END $$");
        database.execute("CREATE TRIGGER stop BEFORE UPDATE ON schema_migrations FOR EACH ROW EXECUTE FUNCTION stop()");
        failure(MigratorException.class, migrator());
        database.execute("DROP FUNCTION stop CASCADE");
        assertThat(history()).last().isEqualTo("2 versioned failed " + done + "/4");

        migrator().build().repair(Repair.resumeAfter(done));

        assertThat(database.column("SELECT done_checksum FROM schema_migrations WHERE version = '2'"))
                .hasSize(2)
                .matches(sums -> java.util.Objects.equals(sums.get(0), sums.get(1)), "are the same");
    }

    @Test
    void aRepeatableIsRepaired() {
        dieAt("R__fill.sql", "CREATE TABLE later (id int);\nCALL fill();", 2);

        migrator().build().repair(Repair.markApplied());

        assertThat(migrator().build().migrate().applied()).isEmpty();
        assertThat(history()).endsWith("fill repeatable interrupted 1/2", "fill repair applied 2/2");
        scripts.with("R__fill.sql", "SELECT 2;");
        assertThat(migrator().build().migrate().applied()).hasSize(1);
    }

    @Test
    void whatIsNotUnfinishedIsNotRepaired() {
        ConfigurationException refusal = refusal(Repair.retry());

        assertThat(refusal).hasMessageContaining("No migration is unfinished: there is nothing to repair.");
        assertThat(refusal.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    }

    @Test
    void ofSeveralTheOneThatIsMeantHasToBeNamed() {
        dieAt("V2__fill.sql", FILL, 2);
        database.execute("INSERT INTO schema_migrations (run_id, version, description, script, kind, state,"
                + " statements_done, statements_total) SELECT run_id, '3', 'more', 'V3__more.sql', kind, 'interrupted', 0, 1"
                + " FROM schema_migrations LIMIT 1");
        scripts.with("V3__more.sql", "CALL fill();").with("V4__x.sql", "SELECT 1;");

        assertThat(refusal(Repair.retry()))
                .hasMessageContaining(
                        "Several migrations are unfinished: V2__fill.sql (running), V3__more.sql" + " (interrupted).");
        assertThat(refusal(Repair.retry().of("1")))
                .hasMessageContaining("'1' is applied, which needs no repair; unfinished: V2__fill.sql (running)");
        assertThat(refusal(Repair.retry().of("V4__x.sql")))
                .hasMessageContaining("'V4__x.sql' is pending, and was never begun");
        assertThat(refusal(Repair.retry().of("nonsense")))
                .hasMessageContaining("'nonsense' is no migration that is known here");

        assertThat(migrator().build().repair(Repair.retry().of("3")).script()).isEqualTo("V3__more.sql");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 4})
    void aStatementThatIsNotThereCannotBeTheLastOneThatIsDone(int statement) {
        dieAt("V2__fill.sql", FILL, 2);

        ConfigurationException refusal = refusal(Repair.resumeAfter(statement));

        assertThat(refusal).hasMessageContaining("V2__fill.sql has 3 statements: there is no statement " + statement);
        assertThat(refusal.action()).isEqualTo("Give a number from 0 (none is done) to 3 (all are done).");
    }

    @Test
    void whatTheServerRolledBackNeedsNone() {
        scripts.with("V2__fail.sql", "CREATE TABLE later (id int);\nSELECT 1 / 0;");
        failure(MigrationFailedException.class, migrator());

        assertThat(refusal(Repair.markApplied()))
                .hasMessageContaining("V2__fail.sql needs no repair: it failed in a transaction");
    }

    @Test
    void aFirstStatementThatHasCommittedAPartBeforeItFailedIsSettled() {
        scripts.with("V2__part.sql", "DO $$ BEGIN INSERT INTO t VALUES (1); COMMIT; PERFORM 1 / 0; END $$;\nSELECT 2;");
        failure(MigrationFailedException.class, migrator());

        migrator().build().repair(Repair.resumeAfter(1));
        migrator().build().migrate();

        assertThat(database.value("SELECT count(*) FROM t")).isEqualTo("1");
        assertThat(history()).endsWith("2 versioned failed 0/2", "2 repair interrupted 1/2", "2 versioned applied 2/2");
    }

    @Test
    void aScriptThatIsGoneCannotBeRepaired() {
        dieAt("V2__fill.sql", FILL, 2);
        scripts.without("V2__fill.sql");

        assertThat(refusal(Repair.markApplied()))
                .hasMessageContaining("V2__fill.sql is running in the history, and is not found here");
    }

    @Test
    void aScriptThatWasChangedBeforeItsCheckpointDoesNotGoOn() {
        dieAt("V2__fill.sql", FILL, 2);
        scripts.with("V2__fill.sql", FILL.replace("later", "sooner"));

        assertThat(refusal(Repair.resumeAfter(2)))
                .hasMessageContaining("V2__fill.sql was changed before statement 2, up to which it has run already");
    }

    @Test
    void aMigrationInJavaThatRanOutsideOfATransactionIsSettled() {
        JavaMigration outside = new V2__Outside();
        failure(MigrationFailedException.class, migrator().javaMigrations(List.of(outside)));
        Migrator migrator = migrator().javaMigrations(List.of(outside)).build();

        assertThat(catchThrowableOfType(ConfigurationException.class, () -> migrator.repair(Repair.resumeAfter(1))))
                .hasMessageContaining("is a migration in Java: it has no statements to go on behind");
        migrator.repair(Repair.markApplied());

        assertThat(migrator.migrate().applied()).isEmpty();
    }

    @Test
    void waitsForAnInstanceThatMigrates() throws SQLException {
        dieAt("V2__fill.sql", FILL, 2);
        try (Connection other = database.dataSource().getConnection()) {
            long key = dev.migrator.postgres.AdvisoryLock.of("public", "schema_migrations")
                    .key();
            other.createStatement().execute("SELECT pg_advisory_lock(" + key + ")");

            assertThat(catchThrowableOfType(LockTimeoutException.class, () -> migrator()
                            .lockMaxWait(Duration.ofMillis(200))
                            .build()
                            .repair(Repair.retry())))
                    .isNotNull();
        }
        assertThat(history()).last().isEqualTo("2 versioned running 1/3");
    }

    private static final class V2__Outside implements JavaMigration {

        @Override
        public boolean transactional() {
            return false;
        }

        @Override
        public void migrate(MigrationContext context) {
            throw new IllegalStateException("half done");
        }
    }
}
