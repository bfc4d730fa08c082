package dev.migrator.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.testing.DatabaseTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientWatchTest extends DatabaseTest {

    @Test
    void oneStatementSetsAgainWhatAResetHasTakenAway() throws Exception {
        try (Connection connection = database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            List<String> again = ClientWatch.begin(connection);
            String watching = settings(connection);
            statement.execute("RESET ALL");
            assertThat(settings(connection)).isNotEqualTo(watching);

            assertThat(again).hasSize(1);
            statement.execute(again.get(0));

            assertThat(settings(connection)).isEqualTo(watching).startsWith("1s ");
        }
    }

    @Test
    void whereSetConfigMayNotBeCalledThereIsAStatementForEach() throws Exception {
        try (Connection connection = database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("REVOKE EXECUTE ON FUNCTION pg_catalog.set_config(text, text, boolean) FROM PUBLIC");
            statement.execute("CREATE ROLE without_set_config");
            try {
                statement.execute("SET ROLE without_set_config");

                List<String> again = ClientWatch.begin(connection);

                assertThat(again).hasSizeGreaterThan(1).allMatch(set -> set.startsWith("SET SESSION "));
                for (String set : again) {
                    statement.execute(set);
                }
            } finally {
                statement.execute("RESET ROLE");
                statement.execute("DROP ROLE without_set_config");
            }
        }
    }

    private static String settings(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT current_setting('client_connection_check_interval') || ' '"
                        + " || current_setting('tcp_keepalives_idle') || ' ' || current_setting('tcp_user_timeout')")) {
            row.next();
            return row.getString(1);
        }
    }
}
