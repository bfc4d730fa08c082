package dev.migrator.postgres;

import dev.migrator.sql.Quoting;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the server notice soon that its client has gone. Otherwise the backend of a killed process runs on to the end of its
 * statement, and of all that it was sent with it, and keeps its locks; and one whose network was cut lives for hours
 * ("Connection Settings" in PostgreSQL's manual).
 */
public final class ClientWatch {

    private static final Logger LOG = LoggerFactory.getLogger(ClientWatch.class);

    /** A closed socket is seen within a second, a dead network within half a minute. */
    private static final List<Setting> SETTINGS = List.of(
            new Setting("client_connection_check_interval", "1s"),
            new Setting("tcp_keepalives_idle", "10"),
            new Setting("tcp_keepalives_interval", "5"),
            new Setting("tcp_keepalives_count", "3"),
            new Setting("tcp_user_timeout", "25s"));

    private ClientWatch() {}

    /**
     * Sets what this server can do. Each setting is tried by itself, outside of a transaction: not every platform knows them
     * all, and one that is refused would end a batch.
     *
     * @return the statements that set it again after a {@code RESET ALL}; one is enough, where set_config may be called
     */
    public static List<String> begin(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            List<Setting> working = new ArrayList<>();
            for (Setting setting : SETTINGS) {
                if (isDone(statement, "SET SESSION " + setting.assignment())) {
                    working.add(setting);
                }
            }
            String together = working.stream().map(Setting::call).collect(Collectors.joining(", ", "SELECT ", ""));
            if (!working.isEmpty() && isDone(statement, together)) {
                return List.of(together);
            }
            return working.stream()
                    .map(setting -> "SET SESSION " + setting.assignment())
                    .toList();
        }
    }

    private static boolean isDone(Statement statement, String text) throws SQLException {
        try {
            statement.execute(text);
            return true;
        } catch (SQLException e) {
            if (ServerError.of(e).isConnectionLost()) {
                throw e;
            }
            LOG.debug("This server cannot do {}", text, e);
            return false;
        }
    }

    /**
     * Finds out what can be set behind a pooler, where the backend at the other end of its connection is the server's client: a
     * pooler drops the backend of a client that dies in a transaction. Nothing stays set.
     *
     * @return the statements that work, for each transaction
     */
    public static List<String> local(Connection connection) throws SQLException {
        List<String> working = new ArrayList<>();
        Pipeline pipeline = new Pipeline(connection, notice -> {});
        for (Setting setting : SETTINGS) {
            String set = "SET LOCAL " + setting.assignment();
            try {
                pipeline.send(List.of("BEGIN", set, "ROLLBACK"));
                working.add(set);
            } catch (Pipeline.StatementFailure e) {
                if (ServerError.of(e.sqlException()).isConnectionLost()) {
                    throw e.sqlException();
                }
                pipeline.rollback();
                LOG.debug("This server cannot do {}", setting.assignment(), e);
            }
        }
        return working;
    }

    private record Setting(String name, String value) {

        String assignment() {
            return name + " = " + Quoting.literal(value);
        }

        /** Sets it for the session. */
        String call() {
            return "pg_catalog.set_config(" + Quoting.literal(name) + ", " + Quoting.literal(value) + ", false)";
        }
    }
}
