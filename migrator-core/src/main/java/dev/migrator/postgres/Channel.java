package dev.migrator.postgres;

import dev.migrator.sql.Quoting;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * A name by which sessions of one database hear of each other (LISTEN and NOTIFY). A session that listens and does nothing holds
 * no snapshot, so that CREATE INDEX CONCURRENTLY does not wait for it.
 */
public record Channel(String name) {

    /** Hears from now on what is said. Not behind a pooler, which may lend each statement another session. */
    public void listen(Connection connection) throws SQLException {
        execute(connection, "LISTEN " + Quoting.identifier(name));
    }

    /** Ends that. */
    public void unlisten(Connection connection) throws SQLException {
        execute(connection, "UNLISTEN " + Quoting.identifier(name));
    }

    private static void execute(Connection connection, String statement) throws SQLException {
        try (Statement jdbc = connection.createStatement()) {
            jdbc.execute(statement);
        }
    }

    /** The expression that says something, once its transaction is committed. */
    public String notification() {
        return "pg_catalog.pg_notify(" + Quoting.literal(name) + ", '')";
    }

    /**
     * Waits until something is said, or has been since it was last asked.
     *
     * @param milliseconds how long at most, from 1
     * @return whether it was
     * @throws SQLException if the connection is lost
     */
    public boolean await(Connection connection, int milliseconds) throws SQLException {
        PGNotification[] heard = connection.unwrap(PGConnection.class).getNotifications(milliseconds);
        if (heard != null) {
            for (PGNotification notification : heard) {
                if (notification.getName().equals(name)) {
                    return true;
                }
            }
        }
        return false;
    }
}
