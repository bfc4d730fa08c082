package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.migrator.MigratorStatus.Current;
import dev.migrator.Observed.StatementTime;
import dev.migrator.backup.BackupMode;
import dev.migrator.backup.BackupOptions;
import dev.migrator.history.TableName;
import dev.migrator.run.MigrationFailedException;
import dev.migrator.run.RunEvent;
import dev.migrator.testing.DatabaseTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What is seen is laid at the right door: at a statement's, a callback's or nobody's. */
@Execution(ExecutionMode.CONCURRENT)
class SightsOfAMigrationTest extends DatabaseTest {

    private static final String SLOW = "SELECT pg_sleep(1.9);";

    private final List<Connection> others = new ArrayList<>();
    private final List<RunEvent> events = new CopyOnWriteArrayList<>();
    private @Nullable Thread run;

    @AfterEach
    void endOthers() throws Exception {
        for (Connection other : others) {
            other.close();
        }
        if (run != null) {
            awaitEnd();
        }
    }

    private void awaitEnd() throws InterruptedException {
        run.join(60_000);
        assertThat(run.isAlive()).isFalse();
    }

    private Connection holding(String lock) throws SQLException {
        Connection connection = database.dataSource().getConnection();
        others.add(connection);
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET application_name = 'other'");
            statement.execute(lock);
        }
        return connection;
    }

    private MigratorBuilder onTables() {
        return migrator()
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .lockTimeout(Duration.ofSeconds(30))
                .listener(events::add);
    }

    private void start(Migrator migrator) {
        run = new Thread(migrator::migrate);
        run.start();
    }

    private static Current seen(Migrator migrator, Predicate<Current> what) {
        return await().atMost(Duration.ofSeconds(20))
                .until(() -> migrator.snapshot().current(), current -> current != null && what.test(current));
    }

    private static @Nullable Observed observedOf1(Migrator migrator) {
        return migrator.status().history().stream()
                .filter(row -> "1".equals(row.version()))
                .findFirst()
                .orElseThrow()
                .observed();
    }

    @Test
    void aCallbacksTimeIsNoStatementsTime() {
        scripts.with("V1__a.sql", "CREATE TABLE t (id int);\nCREATE TABLE u (id int);")
                .with("beforeEachMigrate.sql", SLOW)
                .with("afterEachMigrate.sql", SLOW);
        Migrator migrator = migrator().build();

        migrator.migrate();

        assertThat(observedOf1(migrator)).isNull();
    }

    @Test
    void aCallbacksTimeIsNoStatementsTimeWhereItHasATransactionOfItsOwn() {
        scripts.with("V1__a.sql", "-- migrator: transaction=none\nCREATE TABLE t (id int);")
                .with("beforeEachMigrate.sql", SLOW)
                .with("afterEachMigrate.sql", SLOW);
        Migrator migrator = migrator().build();

        migrator.migrate();

        assertThat(observedOf1(migrator)).isNull();
    }

    @Test
    void theTimeOfACommitIsNoStatementsTime() {
        scripts.with(
                "V1__a.sql",
                "CREATE TABLE t (id int);\n"
                        + "CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(3.5);"
                        + " RETURN NULL; END $$;\n"
                        + "CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED"
                        + " FOR EACH ROW EXECUTE FUNCTION slow();\n"
                        + "INSERT INTO t SELECT 1 FROM pg_sleep(1.9);");
        Migrator migrator = migrator().build();

        migrator.migrate();

        Observed observed = observedOf1(migrator);
        assertThat(observed).isNotNull();
        assertThat(observed.statements()).extracting(StatementTime::statement).containsExactly(4);
        assertThat(observed.statements().get(0).ms()).isBetween(1000L, 4000L);
    }

    @Test
    void whatRanBetweenTwoWaitsIsNoWait() throws Exception {
        database.execute("CREATE TABLE a (id int)", "CREATE TABLE b (id int)");
        Connection first = holding("LOCK TABLE a");
        Connection second = holding("LOCK TABLE b");
        scripts.with("V1__a.sql", "DO $$ BEGIN LOCK TABLE a; PERFORM pg_sleep(5); LOCK TABLE b; END $$;");
        Migrator migrator = onTables().build();

        start(migrator);
        seen(migrator, now -> !now.blockers().isEmpty());
        first.rollback();
        seen(migrator, now -> now.blockers().isEmpty());
        seen(migrator, now -> !now.blockers().isEmpty());
        second.rollback();
        awaitEnd();

        Observed observed = observedOf1(migrator);
        assertThat(observed).isNotNull();
        assertThat(observed.waits()).hasSize(2);
        assertThat(observed.waits().get(1).ms()).isLessThan(4000);
    }

    @Test
    void aCallbackBehindTheLastMigrationIsSeenToRun() throws Exception {
        database.execute("CREATE TABLE t (id int)");
        holding("LOCK TABLE t");
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);").with("afterMigrate.sql", "SELECT count(*) FROM t;");
        Migrator migrator = onTables().build();

        start(migrator);
        Current current = seen(migrator, now -> !now.blockers().isEmpty());

        assertThat(current.script()).isEqualTo("afterMigrate.sql");
        assertThat(current.version()).isNull();
        assertThat(current.step()).isZero();
        assertThat(CurrentText.of(current))
                .matches(
                        "afterMigrate\\.sql runs, and the run has gone on for \\d+ s: statement 1 of 1 \\(line 1: SELECT"
                                + " count\\(\\*\\) FROM t\\), for \\d+ s; blocked by pid \\d+ \\(other, .*");
    }

    @Test
    void whoBlocksACallbackOfAMigrationInPartsIsSeen() throws Exception {
        database.execute("CREATE TABLE t (id int)");
        holding("LOCK TABLE t");
        scripts.with("V1__a.sql", "-- migrator: transaction=none\nCREATE TABLE a (id int);\nSELECT 2;")
                .with("beforeEachMigrate.sql", "SELECT count(*) FROM t;");
        Migrator migrator = onTables().build();

        start(migrator);
        Current current = seen(migrator, now -> !now.blockers().isEmpty());

        assertThat(current.script()).isEqualTo("V1__a.sql");
        assertThat(current.statement()).isZero();
        assertThat(current.statements()).isEqualTo(2);
    }

    @Test
    void keepingWhatWasSeenWaitsForNobody() throws Exception {
        scripts.with("V0__t.sql", "CREATE TABLE t (id int);");
        migrator().build().migrate();
        refuseUpdates("LOCK TABLE t");
        holding("LOCK TABLE t");
        scripts.with("V1__a.sql", SLOW);
        Migrator migrator = onTables().build();

        migrator.migrate();

        assertThat(observedOf1(migrator)).isNull();
        assertThat(events).noneMatch(RunEvent.StepRetried.class::isInstance);
    }

    @Test
    void aFailureIsRecordedWhereNothingCanBeAdded() throws Exception {
        scripts.with("V0__t.sql", "CREATE TABLE t (id int);");
        migrator().build().migrate();
        refuseUpdates("RAISE 'rows are only added'");
        holding("LOCK TABLE t");
        scripts.with("V1__a.sql", "SELECT count(*) FROM t;");

        failure(MigrationFailedException.class, onTables().lockTimeout(Duration.ofMillis(300)));

        assertThat(history()).containsExactly("0 versioned applied 1/1", "1 versioned failed 0/1");
    }

    @Test
    void whoBlocksIsSeenByARoleThatMayNotSeeHowFarCommandsAre() throws Exception {
        String role = "role_of_" + database.name();
        database.execute(
                "REVOKE SELECT ON pg_catalog.pg_stat_progress_copy FROM PUBLIC",
                "CREATE TABLE t (id int)",
                "CREATE ROLE " + role + " LOGIN PASSWORD '" + role + "'",
                "GRANT ALL ON SCHEMA public TO " + role,
                "GRANT SELECT ON t TO " + role);
        try {
            Connection other = holding("LOCK TABLE t");
            scripts.with("V1__a.sql", "SELECT count(*) FROM t;");
            Migrator migrator = Migrator.builder(database.dataSource(role))
                    .locations(scripts.location())
                    .backup(BackupOptions.DEFAULT.mode(BackupMode.OFF))
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .lockTimeout(Duration.ofSeconds(30))
                    .build();
            start(migrator);

            assertThat(seen(migrator, now -> !now.blockers().isEmpty()).statement())
                    .isOne();

            other.rollback();
            awaitEnd();
        } finally {
            others.forEach(SightsOfAMigrationTest::close);
            awaitEnd();
            database.execute("DROP OWNED BY " + role, "DROP ROLE " + role);
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void refuseUpdates(String by) {
        String table = new TableName("public", "schema_migrations").quoted();
        database.execute(
                "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN " + by + "; RETURN NEW; END $$",
                "CREATE TRIGGER refuse BEFORE UPDATE ON " + table + " FOR EACH ROW EXECUTE FUNCTION refuse()");
    }
}
