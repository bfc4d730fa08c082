package dev.migrator.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a connection within a time. A driver limits how long it waits for the server's machine, and not by itself how long it
 * waits for the first answer of the server; where packets are dropped in between, that would be for ever.
 */
final class TimedConnect {

    private static final Logger LOG = LoggerFactory.getLogger(TimedConnect.class);

    /** No connection could be established. */
    private static final String SQL_STATE = "08001";

    private TimedConnect() {}

    /**
     * The connection; one that comes too late is closed.
     *
     * @throws SQLException if there is none in time, or none at all
     */
    static Connection open(DataSource dataSource, Duration patience) throws SQLException, InterruptedException {
        CompletableFuture<Connection> opened = new CompletableFuture<>();
        Thread thread = new Thread(() -> open(dataSource, opened), "migrator-connect");
        thread.setDaemon(true);
        thread.start();
        try {
            return opened.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new SQLTransientConnectionException(
                    "The server has not answered within " + patience.toSeconds() + " s", SQL_STATE, e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof SQLException cause ? cause : new SQLException(e.getCause());
        } finally {
            opened.cancel(false);
        }
    }

    private static void open(DataSource dataSource, CompletableFuture<Connection> opened) {
        try {
            Connection connection = dataSource.getConnection();
            if (!opened.complete(connection)) {
                connection.close();
            }
        } catch (SQLException | RuntimeException e) {
            if (!opened.completeExceptionally(e)) {
                LOG.debug("Nobody waits any more for the connection that was not had", e);
            }
        }
    }
}
