package dev.migrator.backup;

import static dev.migrator.sql.Quoting.identifier;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives the new database the name and the traits of the old one, in one transaction. The old one can only be read from then on:
 * what came after the dump may be worth looking up, and whoever still writes there has not noticed.
 */
public final class NameSwap {

    /** SQLSTATE object_in_use: somebody is connected. */
    private static final String IN_USE = "55006";

    private static final String READ_ONLY = "default_transaction_read_only";

    private final MaintenanceDatabase maintenance;
    private final DatabaseTraits traits;
    private final String database;
    private final ScratchDatabase scratch;
    private final String keptAs;
    private final boolean terminating;
    private boolean done;
    private boolean unknown;

    NameSwap(
            MaintenanceDatabase maintenance,
            DatabaseTraits traits,
            String database,
            ScratchDatabase scratch,
            String keptAs,
            boolean terminating) {
        this.maintenance = maintenance;
        this.traits = traits;
        this.database = database;
        this.scratch = scratch;
        this.keptAs = keptAs;
        this.terminating = terminating;
    }

    /** The name that they swap. */
    public String database() {
        return database;
    }

    /** What the old database will be called. */
    public String keptAs() {
        return keptAs;
    }

    boolean isDone() {
        return done;
    }

    /** Whether nobody knows what became of it: the server was out of reach when it was to tell. */
    boolean isUnknown() {
        return unknown;
    }

    /**
     * Swaps the names; our own connection to the old database has to be closed by now.
     *
     * @throws BackupException if it cannot be done, as when somebody has connected meanwhile; the old database is as it was,
     *     unless that is {@link #isUnknown unknown}
     */
    public void run() throws BackupException, SQLException {
        scratch.disconnect();
        try {
            prepareInTransaction();
        } catch (SQLException e) {
            throw refused(e);
        }
        commit();
        done = true;
        scratch.putToUse();
    }

    private void prepareInTransaction() throws SQLException {
        List<String> statements = new ArrayList<>(scratch.tidying());
        statements.addAll(traits.statements(scratch.name()));
        statements.add(rename(scratch.name(), database));
        statements.add("ALTER DATABASE " + identifier(keptAs) + " SET " + READ_ONLY + " = on");
        Connection connection = maintenance.connection();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            renameOld(statement);
            for (String text : statements) {
                statement.execute(text);
            }
        } catch (SQLException e) {
            rollBack(connection, e);
            throw e;
        }
    }

    /** While the server waits for the last to leave (5 s, {@code CountOtherDBBackends}), it lets nobody in. */
    private void renameOld(Statement statement) throws SQLException {
        String rename = rename(database, keptAs);
        if (!terminating) {
            statement.execute(rename);
            return;
        }
        OtherConnection.terminateAll(maintenance.connection(), maintenance.oid(database));
        Usher usher = Usher.start(maintenance, database);
        try {
            statement.execute(rename);
        } finally {
            usher.stop();
        }
    }

    private static void rollBack(Connection connection, SQLException cause) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /** Where the answer is lost, the names say what became of it. */
    private void commit() throws BackupException {
        Connection connection = maintenance.connection();
        try {
            connection.commit();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            if (!wasCommitted(e)) {
                throw BackupException.failed(
                        "The databases could not swap their names: " + e.getMessage(), "See the server's message.", e);
            }
        }
    }

    private boolean wasCommitted(SQLException lost) throws BackupException {
        try {
            maintenance.reconnectWhenItsSessionHasEnded();
            return maintenance.exists(keptAs);
        } catch (SQLException e) {
            lost.addSuppressed(e);
            unknown = true;
            scratch.putToUse();
            throw BackupException.failed(
                    "The connection was lost when the databases were to swap their names, and the server is out of reach: "
                            + lost.getMessage(),
                    "When the server is back, see which databases it has (SELECT datname FROM pg_database). If "
                            + keptAs
                            + " is one of them, " + database
                            + " is restored, and nothing is left to do; otherwise it is as"
                            + " it was: restore again.",
                    lost);
        }
    }

    private static String rename(String name, String other) {
        return "ALTER DATABASE " + identifier(name) + " RENAME TO " + identifier(other);
    }

    private BackupException refused(SQLException e) throws SQLException {
        if (!IN_USE.equals(e.getSQLState())) {
            return BackupException.failed(
                    "The databases could not swap their names: " + e.getMessage(), "See the server's message.", e);
        }
        List<String> others = OtherConnection.of(maintenance.connection(), database, 0).stream()
                .map(OtherConnection::describe)
                .toList();
        return BackupException.failed(
                "While the dump was being restored, somebody has connected to the database"
                        + (others.isEmpty() ? "" : ": " + String.join(", ", others)) + ".",
                "Stop it, or have it ended (--terminate), and restore again.",
                e);
    }

    /** Statements by which a person goes back to the old database, connected to another one. */
    public List<String> wayBack() {
        return List.of(rename(database, scratch.name()), rename(keptAs, database), writable());
    }

    /** As it was before it became one to be read only. */
    private String writable() {
        return traits.settings().settings().stream()
                .filter(setting -> setting.role() == null && setting.name().equals(READ_ONLY))
                .map(setting -> setting.statement(database))
                .findFirst()
                .orElse("ALTER DATABASE " + identifier(database) + " RESET " + READ_ONLY);
    }

    /** The statement that drops the old database. */
    public String drop() {
        return "DROP DATABASE " + identifier(keptAs);
    }

    /**
     * Drops the old database, with who has connected to it since.
     *
     * @throws SQLException if that is not possible; the new one is in its place all the same
     */
    public void dropOld() throws SQLException {
        maintenance.executeAgain(drop() + (terminating ? " WITH (FORCE)" : ""));
    }
}
