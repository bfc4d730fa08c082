package dev.migrator.lock;

import dev.migrator.postgres.SecondConnection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews a lease while its holder is at work, over a connection of its own that is opened with the first sign of life: most
 * runs are over by then.
 */
final class Heartbeat implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    /** So many signs of life can be lost before the lease runs out. */
    private static final int BEATS_PER_LEASE = 6;

    private final DataSource dataSource;
    private final String renewal;
    private final Duration lease;
    private final long intervalMs;
    private final Thread thread;
    private volatile boolean closed;
    private boolean said;

    Heartbeat(DataSource dataSource, String renewal, Duration lease) {
        this.dataSource = dataSource;
        this.renewal = renewal;
        this.lease = lease;
        this.intervalMs = Math.max(1, lease.toMillis() / BEATS_PER_LEASE);
        this.thread = new Thread(this::beat, "migrator-heartbeat");
        thread.setDaemon(true);
        thread.start();
    }

    private void beat() {
        SecondConnection connection = null;
        try {
            while (!closed) {
                Thread.sleep(intervalMs);
                connection = renew(connection);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close(connection);
        }
    }

    /** Gives back the connection for the next time, or null if it is no good. */
    private @Nullable SecondConnection renew(@Nullable SecondConnection connection) {
        SecondConnection open = connection;
        try {
            if (open == null) {
                open = SecondConnection.open(dataSource, lease);
            }
            int rows;
            try (Statement statement = open.connection().createStatement()) {
                rows = statement.executeUpdate(renewal);
            }
            if (rows == 0 && !closed) {
                LOG.warn("The migration lease has run out, and another instance has taken it over");
                closed = true;
            }
            return open;
        } catch (SQLException | RuntimeException e) {
            if (!closed && !said) {
                said = true;
                LOG.info(
                        "The migration lease is renewed between the transactions only, for there is no second connection"
                                + " for it: {}",
                        e.getMessage());
            }
            close(open);
            return null;
        }
    }

    private static void close(@Nullable SecondConnection connection) {
        if (connection != null) {
            connection.close();
        }
    }

    /** Ends it. It does not wait: a connection that is being opened closes by itself. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
