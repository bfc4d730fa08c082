package dev.migrator.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.migrator.migration.Version;
import dev.migrator.sql.Quoting;
import dev.migrator.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each test has a schema of its own, named after it. */
class HistoryTableTest {

    private static TestDatabase database;

    @BeforeAll
    static void createDatabase() {
        database = TestDatabase.create();
    }

    @AfterAll
    static void dropDatabase() {
        database.close();
    }

    private static TableName table(String schema, String table) {
        database.execute("CREATE SCHEMA IF NOT EXISTS " + Quoting.identifier(schema));
        return new TableName(schema, table);
    }

    private static TableName created(String schema) {
        TableName name = table(schema, "schema_migrations");
        database.execute(HistoryFormat.upgrade(name, 0).toArray(String[]::new));
        return name;
    }

    private static History read(TableName name) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            return HistoryTable.read(connection, name).history();
        }
    }

    @Test
    void theNewTableIsReadAndIsEmpty() throws SQLException {
        History history = read(created("empty"));

        assertThat(history.exists()).isTrue();
        assertThat(history.isEmpty()).isTrue();
    }

    @Test
    void theCommentCarriesTheFormat() {
        TableName name = created("commented");
        String comment = database.value("SELECT obj_description('" + name.quoted() + "'::regclass)");

        assertThat(HistoryFormat.ofComment(comment)).isEqualTo(HistoryFormat.newest());
        assertThat(HistoryFormat.upgrade(name, HistoryFormat.newest())).isEmpty();
        assertThat(HistoryFormat.upgrade(name, HistoryFormat.newest() + 1)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'Migrator''s history, format 7', 7",
        "'Migrator''s history, format x', 1",
        "'Migrator''s history, format ', 1",
        "'our migrations', 1",
        "'', 1"
    })
    void aCommentThatWasLostMeansTheFirstFormat(String comment, int format) {
        assertThat(HistoryFormat.ofComment(comment)).isEqualTo(format);
    }

    @Test
    void givesARowWithAllItHolds() throws SQLException {
        TableName name = created("full");
        database.execute("INSERT INTO " + name.quoted()
                + " (run_id, version, description, script, kind, checksum, state, statements_done, statements_total,"
                + " done_checksum, started_at, duration_ms, installed_by, instance, error) VALUES"
                + " ('00000000-0000-0000-0000-000000000007', '2026_01_28_x', 'x', '2026_01_28_x.sql', 'versioned', 'c1:1', 'failed', 2, 7, 'c1:2',"
                + " '2026-01-28 12:00:00.5+02', 1234, 'deployer', 'host 42 app', '42P01: no table')");

        HistoryRow row = read(name).of(Version.parse("2026_01_28_x"));

        assertThat(row)
                .isEqualTo(new HistoryRow(
                        1,
                        Version.parse("2026_01_28_x"),
                        "x",
                        "2026_01_28_x.sql",
                        Kind.VERSIONED,
                        "c1:1",
                        State.FAILED,
                        2,
                        7,
                        "c1:2",
                        Instant.parse("2026-01-28T10:00:00.5Z"),
                        1234L,
                        "deployer",
                        "host 42 app",
                        "42P01: no table",
                        "00000000-0000-0000-0000-000000000007"));
    }

    @Test
    void givesARowWithNulls() throws SQLException {
        TableName name = created("nulls");
        database.execute("INSERT INTO " + name.quoted() + " (run_id, description, script, kind, state)"
                + " VALUES (gen_random_uuid(), 'views', 'R__views.sql', 'repeatable', 'running')");

        HistoryRow row = read(name).ofRepeatable("views");

        assertThat(row).isNotNull();
        assertThat(row.version()).isNull();
        assertThat(row.checksum()).isNull();
        assertThat(row.doneChecksum()).isNull();
        assertThat(row.durationMs()).isNull();
        assertThat(row.instance()).isNull();
        assertThat(row.error()).isNull();
        assertThat(row.statementsDone()).isZero();
        assertThat(row.installedBy()).isEqualTo("postgres");
        assertThat(row.startedAt()).isBefore(Instant.now().plusSeconds(60));
    }

    @Test
    void readsInTheOrderOfTheIds() throws SQLException {
        TableName name = created("ordered");
        for (String state : new String[] {"failed", "applied"}) {
            database.execute("INSERT INTO " + name.quoted() + " (run_id, version, description, script, kind, state)"
                    + " VALUES (gen_random_uuid(), '1', 'x', 'V1__x.sql', 'versioned', '" + state + "')");
        }
        database.execute("UPDATE " + name.quoted() + " SET checksum = 'c1:1' WHERE id = 1");

        assertThat(read(name).of(Version.parse("1")))
                .extracting(HistoryRow::state)
                .isEqualTo(State.APPLIED);
    }

    @Test
    void everyKindAndStateIsReadAsItIsWritten() throws SQLException {
        TableName name = created("codes");
        int version = 0;
        for (Kind kind : Kind.values()) {
            for (State state : State.values()) {
                database.execute("INSERT INTO " + name.quoted()
                        + " (run_id, version, description, script, kind, state) VALUES (gen_random_uuid(), '"
                        + ++version + "', 'x', '" + kind + "', '" + kind.code() + "', '" + state.code() + "')");
            }
        }

        assertThat(read(name).versions())
                .hasSize((Kind.values().length - 1) * State.values().length)
                .allSatisfy(row -> assertThat(row.kind()).hasToString(row.script()));
    }

    @ParameterizedTest
    @CsvSource({"paused, applied, kind 'paused'", "versioned, paused, state 'paused'"})
    void saysThatANewerReleaseWroteWhatItDoesNotKnow(String kind, String state, String message) {
        TableName name = created("newer_" + kind);
        database.execute("INSERT INTO " + name.quoted() + " (run_id, version, description, script, kind, state)"
                + " VALUES (gen_random_uuid(), '1', 'x', 'V1__x.sql', '" + kind + "', '" + state + "')");

        assertThatIllegalStateException()
                .isThrownBy(() -> read(name))
                .withMessageContaining(message)
                .withMessageContaining("a newer one wrote it");
    }

    @ParameterizedTest
    @CsvSource({
        "public, Schema_Migrations",
        "Odd Schema, odd table",
        "'quo\"ted', 'ta\"\"ble'",
        "schéma, 履歴",
        "'{fn now()}', 'we?ird''s $$ %s $1 \\ table'",
        "select, from",
        "dotted.schema, dotted.table"
    })
    void worksWithWhateverNames(String schema, String table) throws SQLException {
        TableName name = new TableName(schema, table);
        assertThat(read(name).exists()).isFalse();
        database.execute("CREATE SCHEMA IF NOT EXISTS " + Quoting.identifier(schema));
        assertThat(read(name).exists()).isFalse();

        database.execute(HistoryFormat.upgrade(name, 0).toArray(String[]::new));

        assertThat(read(name).exists()).isTrue();
    }

    @Test
    void aNameWithoutASchemaIsLookedForAlongTheSearchPath() throws SQLException {
        created("on_the_path");
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setSchema("on_the_path");
            assertThat(HistoryTable.read(connection, new TableName(null, "schema_migrations"))
                            .history()
                            .exists())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // golang-migrate's, Rails', Flyway's, and those of two home-made predecessors
                "CREATE TABLE %s (version bigint PRIMARY KEY, dirty boolean NOT NULL)",
                "CREATE TABLE %s (version varchar NOT NULL PRIMARY KEY)",
                "CREATE TABLE %s (installed_rank int, version varchar(50), description varchar(200), type varchar(20),"
                        + " script varchar(1000), checksum int, installed_by varchar(100), installed_on timestamp,"
                        + " execution_time int, success boolean)",
                "CREATE TABLE %s (id serial PRIMARY KEY, version varchar(255) UNIQUE, description text,"
                        + " applied_at timestamp, checksum varchar(64))",
                "CREATE TABLE %s (id serial PRIMARY KEY, version varchar(255), script text, state text)",
                "CREATE TABLE %s ()",
                "CREATE VIEW %s AS SELECT 1 AS version",
                "CREATE MATERIALIZED VIEW %s AS SELECT 1 AS id",
                "CREATE SEQUENCE %s",
                "CREATE TYPE %s AS (version text)"
            })
    void aTableOfAnotherToolIsNotTakenForItsOwn(String create) {
        TableName name = table("foreign_" + Integer.toHexString(create.hashCode()), "schema_migrations");
        database.execute(create.formatted(name.quoted()));

        assertThatExceptionOfType(HistoryTable.ForeignTableException.class)
                .isThrownBy(() -> read(name))
                .withMessageContaining(name.toString())
                .satisfies(e -> assertThat(e.table()).isEqualTo(name));
    }
}
