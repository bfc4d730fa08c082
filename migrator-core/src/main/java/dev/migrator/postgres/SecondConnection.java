package dev.migrator.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection beside the migrating one, in autocommit mode and with a limit for its answers; it goes back into its pool as it
 * came, for not every pool sees to that.
 */
public final class SecondConnection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SecondConnection.class);

    private final Connection connection;
    private final boolean autoCommit;
    private final int networkTimeout;

    private SecondConnection(Connection connection) throws SQLException {
        this.connection = connection;
        this.autoCommit = connection.getAutoCommit();
        this.networkTimeout = connection.getNetworkTimeout();
    }

    /**
     * Takes one from the data source.
     *
     * @param answers how long the connection, and then each answer, is waited for; after that the connection is lost
     */
    public static SecondConnection open(DataSource dataSource, Duration answers) throws SQLException {
        try {
            return of(TimedConnect.open(dataSource, answers), answers);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("No connection is wanted any more", e);
        }
    }

    /** Makes one of a connection. */
    public static SecondConnection of(Connection connection, Duration answers) throws SQLException {
        try {
            SecondConnection second = new SecondConnection(connection);
            connection.setAutoCommit(true);
            connection.setNetworkTimeout(Runnable::run, (int) Math.min(Integer.MAX_VALUE, answers.toMillis()));
            return second;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** The connection, for as long as this is open. */
    public Connection connection() {
        return connection;
    }

    /** Gives it back. Never throws. */
    @Override
    public void close() {
        try {
            connection.setNetworkTimeout(Runnable::run, networkTimeout);
            connection.setAutoCommit(autoCommit);
        } catch (SQLException | RuntimeException e) {
            LOG.debug("The connection is lost", e);
        }
        try {
            connection.close();
        } catch (SQLException | RuntimeException e) {
            LOG.debug("The connection was not closed in order", e);
        }
    }
}
