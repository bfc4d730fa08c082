package dev.migrator.postgres;

import dev.migrator.sql.Quoting;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.PgConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection of a run, in autocommit mode. A session that ran scripts is evicted from its pool when it is closed:
 * nothing that a script set may reach the application, and RESET ALL would neither undo a SET ROLE nor keep what the pool
 * itself had set.
 */
public final class Session implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    /** The settings that PgBouncer keeps for each client ("track_extra_parameters" in its manual), as the server reports them. */
    private static final List<String> AGREED = List.of(
            "client_encoding",
            "DateStyle",
            "IntervalStyle",
            "TimeZone",
            "standard_conforming_strings",
            "application_name");

    /** Keeps a session from being ended for doing nothing, between transactions. */
    public static final String BE_IDLE = "SET idle_session_timeout = 0";

    private final Connection connection;
    private final boolean autoCommit;
    private final Ending ending;
    private @Nullable ServerFacts facts;
    private @Nullable Integer prepareThreshold;
    private @Nullable Integer networkTimeout;
    private boolean touched;
    private boolean closed;

    private Session(Connection connection, boolean autoCommit, Ending ending) {
        this.connection = connection;
        this.ending = ending;
        this.autoCommit = autoCommit;
    }

    /** Ends the connection of a session that ran scripts, so that its pool does not use it again. */
    @FunctionalInterface
    public interface Ending {

        void end(Connection connection) throws SQLException;
    }

    /** The driver does at once what it could leave to an executor. A class, for a lambda takes a cold JVM longer. */
    private static final class AtOnce implements Executor {

        @Override
        public void execute(Runnable command) {
            command.run();
        }
    }

    /** Takes a connection from the data source; no statement is sent. */
    public static Session open(DataSource dataSource, Ending ending) throws SQLException {
        Connection connection = dataSource.getConnection();
        try {
            boolean autoCommit = connection.getAutoCommit();
            if (!autoCommit) {
                connection.setAutoCommit(true);
            }
            return new Session(connection, autoCommit, ending);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** The connection, for as long as the session is open. */
    public Connection connection() {
        return connection;
    }

    /** Whether the connection is lent by a pool in this process, which wraps the driver's own. */
    public boolean isPooled() {
        return !(connection instanceof PgConnection);
    }

    /** The facts of the server and the session, asked at the first call. */
    public ServerFacts facts() throws SQLException {
        ServerFacts known = facts;
        if (known == null) {
            known = ServerFacts.read(connection);
            facts = known;
            if (known.pooled()) {
                // a named statement would be looked for on a backend that does not know it
                PGConnection postgres = connection.unwrap(PGConnection.class);
                prepareThreshold = postgres.getPrepareThreshold();
                postgres.setPrepareThreshold(0);
            }
        }
        return known;
    }

    /**
     * Statements for what driver and server have agreed upon for this connection, and what a pooler keeps for each client: to
     * be repeated after a {@code RESET ALL}, which brings back what the pooler itself had said.
     */
    public List<String> agreedSettings() throws SQLException {
        Map<String, String> known = connection.unwrap(PGConnection.class).getParameterStatuses();
        return AGREED.stream()
                .filter(known::containsKey)
                .map(name -> "SET SESSION " + Quoting.identifier(name) + " = " + Quoting.literal(known.get(name)))
                .toList();
    }

    /** A pipeline on this connection; from now on the session counts as one that ran scripts. */
    public Pipeline pipeline(Consumer<String> notices) throws SQLException {
        touched = true;
        return new Pipeline(connection, notices);
    }

    /** Says that the session runs other people's code, and must not go back into its pool. */
    public void touch() {
        touched = true;
    }

    /**
     * Keeps the session from being ended for doing nothing (idle_session_timeout) while others work for it. It counts as touched
     * from now on, so that no pool gets it back so patient.
     */
    public void beIdle() throws SQLException {
        touched = true;
        try (Statement statement = connection.createStatement()) {
            statement.execute(BE_IDLE);
        }
    }

    /**
     * Asks the server, over a connection of its own, to end the statement that this session runs; any thread may. When it
     * returns, the server has done so; where no statement runs, nothing happens.
     */
    public void cancelStatement() throws SQLException {
        connection.unwrap(PgConnection.class).cancelQuery();
    }

    /** Breaks the connection off, whatever it does; any thread may. Who waits for an answer gets an error. Never throws. */
    public void abort() {
        try {
            connection.unwrap(PgConnection.class).abort(Runnable::run);
        } catch (SQLException | RuntimeException e) {
            LOG.debug("The connection was not broken off in order", e);
        }
    }

    /** Limits how long an answer is waited for from now on; then the connection is lost. Zero is no limit. */
    public void limitAnswers(Duration limit) throws SQLException {
        if (networkTimeout == null) {
            networkTimeout = connection.getNetworkTimeout();
        }
        waitForAnswers((int) Math.min(Integer.MAX_VALUE, limit.toMillis()));
    }

    private void waitForAnswers(int milliseconds) throws SQLException {
        connection.setNetworkTimeout(new AtOnce(), milliseconds);
    }

    /** Waits for answers as long as the pool has said, if it has; any thread may say so. */
    public void takeUpLimit() throws SQLException {
        Integer pools = networkTimeout;
        if (pools != null) {
            waitForAnswers(pools);
        }
    }

    /** Waits for answers as long as they take, whatever the pool has said. */
    public void liftLimit() throws SQLException {
        limitAnswers(Duration.ZERO);
    }

    /** Whether it has not been closed yet. */
    public boolean isOpen() {
        return !closed;
    }

    private void restore() throws SQLException {
        if (prepareThreshold != null) {
            connection.unwrap(PGConnection.class).setPrepareThreshold(prepareThreshold);
        }
        takeUpLimit();
        if (!autoCommit) {
            connection.setAutoCommit(false);
        }
    }

    /** Gives an untouched connection back as it was, and evicts one that ran scripts. Never throws. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (touched) {
                ending.end(connection);
            } else {
                restore();
            }
        } catch (SQLException | RuntimeException e) {
            LOG.debug("The connection was not ended in order", e);
        }
        try {
            connection.close();
        } catch (SQLException | RuntimeException e) {
            LOG.debug("The connection was not closed in order", e);
        }
    }
}
