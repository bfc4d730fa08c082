package dev.migrator.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.migration.Version;
import dev.migrator.sql.Repertoire;
import dev.migrator.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values that try to get out of their quotes. */
class HistoryWriterQuotingTest {

    private static final TableName NAME = new TableName("public", "schema_migrations");
    private static final Version ONE = Version.parse("1");

    private static TestDatabase database;

    private final HistoryWriter writer = new HistoryWriter(NAME, Repertoire.ALL);

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

    private static HistoryEntry entry(String text) {
        return new HistoryEntry(UUID.randomUUID(), ONE, text, text, Kind.VERSIONED, text, 7, text);
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

    static Stream<Arguments> hostileValues() {
        return Stream.of("on", "off").flatMap(conforming -> Stream.of(
                        "'",
                        "''); DROP TABLE schema_migrations; --",
                        "\\",
                        "\\'",
                        "it\\'s",
                        "trailing\\",
                        "$$",
                        "$1 ? ?? :x {fn now()} %s",
                        "/* -- \" ;\n\r\t",
                        "🐘 ä \u0001 \uFEFF",
                        "")
                .map(value -> Arguments.of(conforming, value)));
    }

    @ParameterizedTest
    @MethodSource("hostileValues")
    void anyTextIsKeptAsItIs(String conforming, String text) throws SQLException {
        execute("SET standard_conforming_strings = " + conforming);
        execute("SET escape_string_warning = off");
        HistoryEntry hostile = entry(text);

        execute(writer.running(hostile, 0, text));
        execute(writer.checkpoint(hostile, 3, text));
        assertThat(value(writer.statementsDone(hostile))).isEqualTo("3");
        execute(writer.stopped(hostile, text, true));

        HistoryRow row = row();
        assertThat(row.state()).isEqualTo(State.FAILED);
        assertThat(Stream.of(
                        row.description(),
                        row.script(),
                        row.checksum(),
                        row.doneChecksum(),
                        row.instance(),
                        row.error()))
                .containsOnly(text);
        execute(writer.applied(hostile));
        assertThat(value(writer.isApplied(hostile))).isEqualTo("t");
    }

    @ParameterizedTest
    @MethodSource("unstorable")
    void whatNoTextInPostgresCanHoldIsReplaced(String text, String kept) throws SQLException {
        execute(writer.failed(entry("x"), 5, text));

        assertThat(row().error()).isEqualTo(kept);
    }

    static Stream<Arguments> unstorable() {
        return Stream.of(
                Arguments.of("a\0b", "a\uFFFDb"),
                Arguments.of("a\0\\'b", "a\uFFFD\\'b"),
                Arguments.of("a\uD83Db", "a?b"));
    }
}
