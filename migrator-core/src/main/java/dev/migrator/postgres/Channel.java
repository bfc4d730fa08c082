package dev.migrator.postgres;

import dev.migrator.sql.Quoting;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
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

    /** Ends that; what was said meanwhile is forgotten. */
    public void unlisten(Connection connection) throws SQLException {
        execute(connection, "UNLISTEN " + Quoting.identifier(name));
        connection.unwrap(PGConnection.class).getNotifications();
    }

    private static void execute(Connection connection, String statement) throws SQLException {
        try (Statement jdbc = connection.createStatement()) {
            jdbc.execute(statement);
        }
    }

    /**
     * Tells those who listen. It waits a second at most for others who tell something at this moment: they commit one after the
     * other, and one of them may wait for a standby ("NOTIFY" in PostgreSQL's manual).
     */
    public void say(Connection connection) throws SQLException {
        Pipeline pipeline = new Pipeline(connection, notice -> {});
        try {
            pipeline.send(List.of(
                    Pipeline.BEGIN, "SET LOCAL lock_timeout = '1s'", "NOTIFY " + Quoting.identifier(name), "COMMIT"));
        } catch (Pipeline.StatementFailure e) {
            pipeline.rollback();
            throw e.sqlException();
        }
    }

    /**
     * Waits until something is said, or has been since it was last asked. What is heard of other channels is lost.
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
