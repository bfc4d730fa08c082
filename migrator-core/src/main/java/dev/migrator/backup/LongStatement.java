package dev.migrator.backup;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs what reads a whole table or database, and has the server end it when nobody wants it any more. */
record LongStatement(Connection connection, BooleanSupplier cancelled) {

    private static final Logger LOG = LoggerFactory.getLogger(LongStatement.class);

    private static final long POLL_MS = 100;

    private interface Work<T> {

        T with(Statement statement) throws SQLException;
    }

    /**
     * Runs one without an answer.
     *
     * @throws CancellationException if it was cancelled
     */
    void execute(String sql) throws SQLException {
        run(statement -> statement.execute(sql));
    }

    /**
     * Asks for one number.
     *
     * @throws CancellationException if it was cancelled
     */
    long number(String sql) throws SQLException {
        return run(statement -> {
            try (ResultSet row = statement.executeQuery(sql)) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    private <T> T run(Work<T> work) throws SQLException {
        CountDownLatch ended = new CountDownLatch(1);
        try (Statement statement = connection.createStatement()) {
            Thread watch = new Thread(() -> watch(statement, ended), "migrator-long-statement");
            watch.setDaemon(true);
            watch.start();
            return work.with(statement);
        } catch (SQLException e) {
            if (cancelled.getAsBoolean()) {
                CancellationException cancellation = new CancellationException(e.getMessage());
                cancellation.initCause(e);
                throw cancellation;
            }
            throw e;
        } finally {
            ended.countDown();
        }
    }

    private void watch(Statement statement, CountDownLatch ended) {
        try {
            while (!ended.await(POLL_MS, TimeUnit.MILLISECONDS)) {
                if (cancelled.getAsBoolean()) {
                    statement.cancel();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            LOG.debug("The server could not be asked to end a statement", e);
        }
    }
}
