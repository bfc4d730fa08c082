package dev.migrator.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A state of the database that another session can look at too ("Snapshot Synchronization Functions" in the manual), for as
 * long as this is open: {@code pg_dump --snapshot} dumps exactly what {@link #tables()} lists.
 */
public final class SharedSnapshot implements AutoCloseable {

    /** While the other session works this one does nothing, and must not be ended for that. */
    private static final String NEVER_TOO_LONG =
            "SELECT pg_catalog.set_config(name, '0', true) FROM pg_catalog.pg_settings"
                    + " WHERE name IN ('idle_in_transaction_session_timeout', 'transaction_timeout')";

    /** In one go, for the driver may set a savepoint behind a BEGIN (autosave), and no subtransaction may export a snapshot. */
    private static final String BEGIN_AND_EXPORT =
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT pg_catalog.pg_export_snapshot()";

    private static final String TABLES = "SELECT c.oid::bigint, pg_catalog.format('%I.%I', n.nspname, c.relname),"
            + " c.relkind = 'r' FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE c.relkind IN ('r', 'p', 'f') AND " + DumpedRelations.CONDITION;

    /**
     * A table that a dump has.
     *
     * @param name with its schema, quoted where that is needed
     * @param rows whether it has rows of its own to dump, as partitioned and foreign tables do not
     */
    public record Table(long oid, String name, boolean rows) {}

    private final Connection connection;
    private final String id;

    private SharedSnapshot(Connection connection, String id) {
        this.connection = connection;
        this.id = id;
    }

    /**
     * Takes it.
     *
     * @param connection in autocommit mode, and not used for anything else until this is closed
     */
    public static SharedSnapshot take(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            throw new IllegalArgumentException("The connection is in a transaction already.");
        }
        try (Statement statement = connection.createStatement()) {
            try {
                String id;
                statement.execute(BEGIN_AND_EXPORT);
                statement.getMoreResults(); // on to those of the second statement
                try (ResultSet row = statement.getResultSet()) {
                    row.next();
                    id = row.getString(1);
                }
                statement.execute(NEVER_TOO_LONG);
                return new SharedSnapshot(connection, id);
            } catch (SQLException e) {
                statement.execute("ROLLBACK");
                throw e;
            }
        }
    }

    /** By which another session finds it. */
    public String id() {
        return id;
    }

    /** The tables in it that {@code pg_dump} dumps: no temporary ones, and none that belong to extensions. */
    public List<Table> tables() throws SQLException {
        List<Table> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(TABLES)) {
            while (rows.next()) {
                tables.add(new Table(rows.getLong(1), rows.getString(2), rows.getBoolean(3)));
            }
        }
        return tables;
    }

    @Override
    public void close() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("ROLLBACK");
        }
    }
}
