package dev.migrator.run;

import dev.migrator.history.HistoryTable;
import dev.migrator.history.TableName;
import dev.migrator.postgres.ServerError;
import dev.migrator.postgres.Session;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The database as a run meets it: opening it and reading its history, with what can go wrong said in plain words. */
final class Database implements Session.Ending {

    /** What to do after the connection was lost. */
    static final String START_AGAIN = "Start again when the server can be reached: the run goes on where it stopped.";

    static final String UNTOUCHED = "nothing was run; it is as it was.";

    private final DataSource dataSource;
    private final @Nullable Eviction eviction;

    /**
     * Makes one of a data source.
     *
     * @param eviction null for {@link Eviction#breakingOff()}
     */
    Database(DataSource dataSource, @Nullable Eviction eviction) {
        this.dataSource = dataSource;
        this.eviction = eviction;
    }

    DataSource dataSource() {
        return dataSource;
    }

    Session open() {
        try {
            return connect();
        } catch (SQLException | RuntimeException e) {
            throw unreachable("", "", e);
        }
    }

    /** As the data source, or its driver, gives a connection or fails to: pools fail with RuntimeExceptions too. */
    Session connect() throws SQLException {
        return Session.open(dataSource, this);
    }

    @Override
    public void end(Connection connection) throws SQLException {
        (eviction == null ? Eviction.breakingOff() : eviction).evict(connection);
    }

    /** Makes of it what the user can act upon. */
    static DatabaseUnreachableException unreachable(String howLong, String orElse, Exception e) {
        return new DatabaseUnreachableException(
                "No connection to the database could be had" + howLong + ": " + e.getMessage(),
                UNTOUCHED,
                "Look whether the server runs, and whether URL, user and password are right." + orElse,
                e);
    }

    static HistoryTable.Content read(Session session, TableName table) throws SQLException {
        try {
            return HistoryTable.read(session.connection(), table);
        } catch (HistoryTable.ForeignTableException e) {
            throw new ConfigurationException(
                    "The table " + table
                            + " exists and is not Migrator's: it belongs to another tool, or to the scripts that"
                            + " Migrator succeeds.",
                    UNTOUCHED,
                    "Let Migrator use a table of another name, with migrator.table (such as"
                            + " migrator.table=migrator_history); for what the other tool has applied already, see"
                            + " migrator.baseline.",
                    e);
        }
    }

    /** Something that is not a migration's own failed before any ran: makes of it what the user can act upon. */
    static MigratorException trouble(String what, SQLException e) {
        return trouble(what, UNTOUCHED, e);
    }

    /** The same, later in a run. */
    static MigratorException trouble(String what, String databaseState, SQLException e) {
        return trouble(what, databaseState, START_AGAIN, e);
    }

    /**
     * The same, of what is not simply started again.
     *
     * @param whenLost what to do when the connection was lost
     */
    static MigratorException trouble(String what, String databaseState, String whenLost, SQLException e) {
        ServerError error = ServerError.of(e);
        String description = what + ": " + error.message()
                + (error.sqlState() == null ? "" : " (SQLSTATE " + error.sqlState() + ")");
        if (error.isConnectionLost()) {
            return new DatabaseUnreachableException(
                    description,
                    "what was committed before stays; what was not is rolled back by the server.",
                    whenLost,
                    e);
        }
        if (error.isTransient()) {
            String next =
                    "Others held what it needs: see who does (the log, or pg_blocking_pids), and start again when they"
                            + " have finished; or let it try longer, with migrator.lock-timeout and migrator.retry.max-attempts.";
            return new ConfigurationException(description, databaseState, next, e);
        }
        String action = ServerError.INSUFFICIENT_PRIVILEGE.equals(error.sqlState())
                ? "Grant the role what it lacks, as with " + grant(error.message())
                        + "; or migrate as another role, with migrator.user and migrator.password."
                : "See the server's message.";
        return new ConfigurationException(description, databaseState, action, e);
    }

    /** The right that is missing, by the sort of thing that the server's message names. */
    private static String grant(String message) {
        if (message.contains("for database")) {
            return "GRANT CREATE ON DATABASE … TO …";
        }
        return message.contains("for table") || message.contains("for sequence")
                ? "GRANT SELECT, INSERT, UPDATE ON … TO …"
                : "GRANT CREATE ON SCHEMA … TO …";
    }

    /** A mistake of Migrator's own, or of something that it was given. */
    static MigratorException unexpected(Throwable e) {
        return new ConfigurationException(
                "The run stopped at an unexpected error: " + e,
                "what the history says is applied, is applied; an open transaction is rolled back by the server.",
                "Look at the stack trace. If it is Migrator's own mistake, please report it.",
                e);
    }
}
