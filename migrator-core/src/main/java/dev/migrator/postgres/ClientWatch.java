package dev.migrator.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
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
    private static final List<String> SETTINGS = List.of(
            "client_connection_check_interval = '1s'",
            "tcp_keepalives_idle = 10",
            "tcp_keepalives_interval = 5",
            "tcp_keepalives_count = 3",
            "tcp_user_timeout = '25s'");

    private ClientWatch() {}

    /**
     * Sets what this server can do. Each setting is tried by itself, outside of a transaction: not every platform knows them
     * all, and one that is refused would end a batch.
     *
     * @return the statements that worked, to be repeated after a {@code RESET ALL}
     */
    public static List<String> begin(Connection connection) throws SQLException {
        List<String> working = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            for (String setting : SETTINGS) {
                try {
                    String set = "SET SESSION " + setting;
                    statement.execute(set);
                    working.add(set);
                } catch (SQLException e) {
                    if (ServerError.of(e).isConnectionLost()) {
                        throw e;
                    }
                    LOG.debug("This server cannot do {}", setting, e);
                }
            }
        }
        return working;
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
        for (String setting : SETTINGS) {
            String set = "SET LOCAL " + setting;
            try {
                pipeline.send(List.of("BEGIN", set, "ROLLBACK"));
                working.add(set);
            } catch (Pipeline.StatementFailure e) {
                if (ServerError.of(e.sqlException()).isConnectionLost()) {
                    throw e.sqlException();
                }
                pipeline.rollback();
                LOG.debug("This server cannot do {}", setting, e);
            }
        }
        return working;
    }
}
