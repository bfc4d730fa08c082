package dev.migrator.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.sql.NastyScripts.Nasty;
import dev.migrator.testing.Requirement;
import dev.migrator.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NastyScriptsTest {

    private static TestDatabase database;

    @BeforeAll
    static void makeDatabase() {
        database = TestDatabase.create();
    }

    @AfterAll
    static void dropDatabase() {
        database.close();
    }

    static Stream<Nasty> scripts() {
        return NastyScripts.all();
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void isSplit(Nasty script) {
        assertThat(Scripts.texts(script.text())).isEqualTo(script.statements());
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void isOneCommandToTheServerInEachStatement(Nasty script) throws SQLException {
        try (Connection connection = connect()) {
            for (String statement : Scripts.texts(script.text())) {
                assertThat(execute(connection, statement)).as(statement).hasSizeLessThanOrEqualTo(1);
            }
            connection.rollback();
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void hasTheEffectOfTheWholeText(Nasty script) throws SQLException {
        String whole = script.text();
        if (whole.contains("standard_conforming") || whole.contains("\\restrict") || whole.startsWith("\uFEFF")) {
            return; // the server reads a whole text by the settings before it, and knows nothing of psql
        }
        if (whole.contains("\u000B")) {
            Requirement.server(17, "the vertical tab as white space");
        }
        List<String> expected;
        try (Connection connection = connect()) {
            expected = execute(connection, whole);
            expected.addAll(effect(connection));
            connection.rollback();
        }
        try (Connection connection = connect()) {
            List<String> actual = new ArrayList<>();
            for (String statement : Scripts.texts(whole)) {
                actual.addAll(execute(connection, statement));
            }
            actual.addAll(effect(connection));
            connection.rollback();
            assertThat(actual).isEqualTo(expected);
        }
    }

    /** In simple mode the driver sends a text as it stands, and does not split it by rules of its own. */
    private static Connection connect() throws SQLException {
        Connection connection =
                DriverManager.getConnection(database.url() + "?preferQueryMode=simple", "postgres", "postgres");
        connection.setAutoCommit(false);
        return connection;
    }

    /** What the server answers to the commands of a text, one entry for each command. */
    private static List<String> execute(Connection connection, String text) throws SQLException {
        List<String> answers = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            boolean rows = statement.execute(text);
            while (rows || statement.getUpdateCount() >= 0) {
                answers.add(rows ? rows(statement.getResultSet()) : "updated " + statement.getUpdateCount());
                rows = statement.getMoreResults();
            }
        }
        return answers;
    }

    private static String rows(ResultSet result) throws SQLException {
        StringBuilder rows = new StringBuilder();
        while (result.next()) {
            for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                rows.append(result.getString(column)).append('|');
            }
        }
        return rows.toString();
    }

    private static List<String> effect(Connection connection) throws SQLException {
        return execute(connection, """
                SELECT string_agg(c, E'\\n' ORDER BY c) FROM (
                  SELECT 'relation ' || relname || ' ' || relkind::text || ' ' || relnatts FROM pg_class
                    WHERE relnamespace = 'public'::regnamespace
                  UNION ALL SELECT 'column ' || attrelid::regclass || '.' || attname || ' ' || format_type(atttypid, atttypmod)
                    FROM pg_attribute JOIN pg_class r ON r.oid = attrelid WHERE relnamespace = 'public'::regnamespace
                  UNION ALL SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
                  UNION ALL SELECT definition FROM pg_rules WHERE schemaname = 'public'
                  UNION ALL SELECT 'type ' || typname FROM pg_type WHERE typnamespace = 'public'::regnamespace
                ) AS effect (c)
                """);
    }
}
