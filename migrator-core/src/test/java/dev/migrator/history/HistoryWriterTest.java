package dev.migrator.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.migration.Version;
import dev.migrator.sql.Repertoire;
import dev.migrator.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HistoryWriterTest {

    private static final TableName NAME = new TableName("public", "schema_migrations");
    private static final Version ONE = Version.parse("1");

    private static TestDatabase database;

    private final HistoryWriter writer = new HistoryWriter(NAME, Repertoire.ALL);
    private final HistoryEntry entry = entry("V1__x.sql", "x", "c1:1");

    private Connection connection;

    @BeforeAll
    static void createDatabase() {
        database = TestDatabase.create();
    }

    @AfterAll
    static void dropDatabase() {
        database.close();
    }

    @BeforeEach
    void createTable() throws SQLException {
        database.execute("DROP TABLE IF EXISTS " + NAME.quoted());
        database.execute(HistoryFormat.upgrade(NAME, 0).toArray(String[]::new));
        connection = database.dataSource().getConnection();
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private static HistoryEntry entry(String script, String description, String checksum) {
        return new HistoryEntry(
                UUID.randomUUID(), ONE, description, script, Kind.VERSIONED, checksum, 7, "host 42 app");
    }

    private int execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            return statement.executeUpdate(sql);
        }
    }

    private String value(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    private HistoryRow row() throws SQLException {
        return HistoryTable.read(connection, NAME).history().of(ONE);
    }

    @Test
    void recordsAMigrationThatWasOneTransaction() throws SQLException {
        assertThat(value(writer.isApplied(entry))).isEqualTo("f");

        execute(writer.applied(entry));

        assertThat(row().state()).isEqualTo(State.APPLIED);
        assertThat(row().statementsDone()).isEqualTo(7);
        assertThat(row().statementsTotal()).isEqualTo(7);
        assertThat(row().checksum()).isEqualTo("c1:1");
        assertThat(row().instance()).isEqualTo("host 42 app");
        assertThat(row().durationMs()).isBetween(0L, 60_000L);
        assertThat(value("SELECT run_id FROM schema_migrations"))
                .isEqualTo(entry.runId().toString());
        assertThat(value(writer.isApplied(entry))).isEqualTo("t");
        assertThat(value(writer.isApplied(entry("V1__x.sql", "x", "c1:1"))))
                .as("another run")
                .isEqualTo("f");
    }

    @Test
    void theDurationCountsFromTheTransactionsBeginning() throws SQLException {
        connection.setAutoCommit(false);
        execute("CREATE TABLE IF NOT EXISTS some_work ()");
        // what has gone by since BEGIN is measured by the same clock, on the server
        String before = value("SELECT floor(extract(epoch FROM clock_timestamp() - now()) * 1000)::int8");
        execute(writer.applied(entry));
        connection.commit();
        connection.setAutoCommit(true);

        assertThat(row().durationMs()).isGreaterThanOrEqualTo(Long.parseLong(before));
    }

    @Test
    void aRunningRowIsLedFromCheckpointToItsEnd() throws SQLException {
        execute(writer.running(entry, 2, "c1:2"));
        assertThat(row().state()).isEqualTo(State.RUNNING);
        assertThat(row().statementsDone()).isEqualTo(2);
        assertThat(row().doneChecksum()).isEqualTo("c1:2");
        assertThat(row().durationMs()).isNull();
        assertThat(value(writer.statementsDone(entry))).isEqualTo("2");

        assertThat(execute(writer.checkpoint(entry, 5, "c1:5"))).isEqualTo(1);
        assertThat(row().doneChecksum()).isEqualTo("c1:5");
        assertThat(value(writer.statementsDone(entry))).isEqualTo("5");
        assertThat(value(writer.isApplied(entry))).isEqualTo("f");

        assertThat(execute(writer.finished(entry))).isEqualTo(1);
        assertThat(row().state()).isEqualTo(State.APPLIED);
        assertThat(row().statementsDone()).isEqualTo(7);
        assertThat(row().durationMs()).isBetween(0L, 60_000L);
        assertThat(value(writer.statementsDone(entry))).as("no running row").isNull();
    }

    @Test
    void aRunningRowThatStopsKeepsItsCheckpoint() throws SQLException {
        execute(writer.running(entry, 0, null));
        execute(writer.checkpoint(entry, 3, "c1:3"));

        assertThat(execute(writer.stopped(entry, "42P01: no table", true))).isEqualTo(1);

        assertThat(row().state()).isEqualTo(State.FAILED);
        assertThat(row().statementsDone()).isEqualTo(3);
        assertThat(row().doneChecksum()).isEqualTo("c1:3");
        assertThat(row().error()).isEqualTo("42P01: no table");
        assertThat(row().durationMs()).isNotNull();
    }

    @Test
    void aStatementThatWasBegunHidesItsOutcomeUntilItIsKnown() throws SQLException {
        execute(writer.running(entry, 2, "c1:2"));
        assertThat(row().hidesOutcome()).isFalse();

        assertThat(execute(writer.begun(entry, 3, "c1:b3"))).isEqualTo(1);
        assertThat(row().hidesOutcome()).isTrue();
        assertThat(row().begunChecksum()).isEqualTo("c1:b3");

        execute(writer.checkpoint(entry, 3, "c1:3"));
        assertThat(row().hidesOutcome()).as("superseded by the checkpoint").isFalse();

        execute(writer.begun(entry, 4, "c1:b4"));
        execute(writer.stopped(entry, "no disk", false));
        assertThat(row().hidesOutcome()).isTrue();
    }

    @Test
    void aStatementThatFailedByTheServersWordHidesNothing() throws SQLException {
        execute(writer.running(entry, 2, "c1:2"));
        execute(writer.begun(entry, 3, "c1:b3"));

        execute(writer.stopped(entry, "42P01: no table", true));

        assertThat(row().hidesOutcome()).isFalse();
        assertThat(row().begunChecksum()).isNull();
    }

    @Test
    void aMarkIsHandedOnToTheNextRunAndNamedWhenTheRowIsInterrupted() throws SQLException {
        execute(writer.running(entry, 2, "c1:2", 3, "c1:b3"));
        assertThat(row().hidesOutcome()).isTrue();

        execute(writer.interrupted(row()));

        assertThat(row().error()).isEqualTo("the instance died while statement 3 of 7 ran outside of a transaction");
    }

    @Test
    void aRepairSpeaksForItsMigration() throws SQLException {
        execute(writer.running(entry, 2, "c1:2", 3, "c1:b3"));
        execute(writer.repaired(entry, State.INTERRUPTED, 3, "c1:3"));

        assertThat(row().state()).isEqualTo(State.INTERRUPTED);
        assertThat(row().statementsDone()).isEqualTo(3);
        assertThat(row().doneChecksum()).isEqualTo("c1:3");
        assertThat(row().hidesOutcome()).isFalse();
    }

    @Test
    void onlyThisRunsRunningRowIsTouched() throws SQLException {
        HistoryEntry other = entry("V1__x.sql", "x", "c1:1");
        execute(writer.running(other, 1, "c1:1"));

        assertThatThrownBy(() -> value(writer.requireRunning(entry))).hasMessageContaining("division by zero");
        assertThat(execute(writer.checkpoint(entry, 5, "c1:5"))).isZero();
        assertThat(execute(writer.finished(entry))).isZero();
        assertThat(execute(writer.stopped(entry, "x", true))).isZero();

        assertThat(row().state()).isEqualTo(State.RUNNING);
        assertThat(row().statementsDone()).isEqualTo(1);
    }

    @Test
    void aRowThatWasLeftRunningIsMarkedAsInterruptedOnce() throws SQLException {
        execute(writer.running(entry, 4, "c1:4"));

        assertThat(execute(writer.interrupted(row()))).isEqualTo(1);
        assertThat(row().state()).isEqualTo(State.INTERRUPTED);
        assertThat(row().statementsDone()).isEqualTo(4);
        assertThat(execute(writer.interrupted(row()))).isZero();
    }

    @Test
    void aFailureIsRecordedWithItsTimeAndError() throws SQLException {
        execute(writer.failed(entry, 90_000, "42P01: no table"));

        assertThat(row().state()).isEqualTo(State.FAILED);
        assertThat(row().statementsDone()).isZero();
        assertThat(row().durationMs()).isEqualTo(90_000);
        assertThat(row().error()).isEqualTo("42P01: no table");
        assertThat(value("SELECT now() - started_at BETWEEN interval '89 s' AND interval '150 s' FROM"
                        + " schema_migrations"))
                .isEqualTo("t");
    }

    @Test
    void aBaselineIsRecordedAsOne() throws SQLException {
        execute(writer.baseline(new HistoryEntry(
                UUID.randomUUID(), ONE, "as it was", "baseline", Kind.BASELINE, null, 0, "host 42 app")));

        assertThat(HistoryTable.read(connection, NAME).history().baseline()).isEqualTo(ONE);
        assertThat(row().state()).isEqualTo(State.APPLIED);
        assertThat(row().checksum()).isNull();
    }

    @Test
    void aRepeatableHasNoVersion() throws SQLException {
        execute(writer.applied(new HistoryEntry(
                UUID.randomUUID(), null, "views", "R__views.sql", Kind.REPEATABLE, "c1:1", 1, "host 42 app")));

        assertThat(HistoryTable.read(connection, NAME).history().ofRepeatable("views"))
                .isNotNull();
        assertThat(value("SELECT version FROM schema_migrations")).isNull();
    }

    @Test
    void worksWhateverAScriptDidToTheSearchPath() throws SQLException {
        execute("CREATE SCHEMA IF NOT EXISTS traps");
        execute(
                "CREATE OR REPLACE FUNCTION traps.now() RETURNS timestamptz LANGUAGE sql AS $$ SELECT 'epoch'::timestamptz $$");
        execute("CREATE OR REPLACE FUNCTION traps.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS"
                + " $$ SELECT 'epoch'::timestamptz $$");
        execute("CREATE DOMAIN traps.int8 AS text");
        execute("CREATE DOMAIN traps.uuid AS text");
        execute("SET search_path = traps, pg_catalog");

        execute(writer.running(entry, 0, null));
        execute(writer.begun(entry, 3, "c1:b3"));
        execute(writer.checkpoint(entry, 3, "c1:3"));
        execute(writer.finished(entry));
        HistoryEntry stopped = entry("V1__x.sql", "x", "c1:1");
        execute(writer.running(stopped, 0, null, 1, "c1:b1"));
        execute(writer.stopped(stopped, "x", true));
        execute(writer.repaired(stopped, State.INTERRUPTED, 1, "c1:1"));
        assertThat(value(writer.isApplied(entry))).isEqualTo("t");
        execute(writer.applied(entry("V1__x.sql", "x", "c1:1")));
        execute(writer.failed(entry("V1__x.sql", "x", "c1:1"), 5, "x"));

        assertThat(value("SELECT min(started_at) > 'yesterday' FROM public.schema_migrations"))
                .isEqualTo("t");
    }
}
