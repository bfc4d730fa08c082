package dev.migrator.backup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is connected to the database, and so keeps it from being replaced.
 *
 * @param pid the process id of its backend
 * @param application its {@code application_name}; may be empty
 * @param client its address, or null for a local socket, and where the role may not see it
 * @param state what it does, as {@code idle}, or null where the role may not see it
 * @param terminable whether our role may end it
 */
public record OtherConnection(
        int pid,
        String user,
        String application,
        @Nullable String client,
        @Nullable String state,
        boolean terminable) {

    /** Without autovacuum, which gives way by itself, and without the backends that a query has taken to its help. */
    private static final String FROM_OTHERS = """
             FROM pg_catalog.pg_stat_activity a LEFT JOIN pg_catalog.pg_roles r ON r.oid = a.usesysid
            WHERE a.pid <> pg_catalog.pg_backend_pid() AND a.pid <> ? AND a.usesysid IS NOT NULL
              AND a.backend_type IS DISTINCT FROM 'parallel worker'
            """;

    private static final String LIST = """
            SELECT a.pid, a.usename, coalesce(a.application_name, ''), pg_catalog.host(a.client_addr), a.state,
                   (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user)
                   OR pg_catalog.pg_has_role(a.usesysid, 'USAGE')
                   OR NOT r.rolsuper AND pg_catalog.pg_has_role('pg_signal_backend', 'USAGE')
            """ + FROM_OTHERS + " AND a.datname = ? ORDER BY a.pid";

    /**
     * Those that are connected to a database, by their process ids.
     *
     * @param ours the process id of a backend of our own, besides the one that asks
     */
    static List<OtherConnection> of(Connection connection, String database, int ours) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LIST)) {
            statement.setInt(1, ours);
            statement.setString(2, database);
            List<OtherConnection> others = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    others.add(new OtherConnection(
                            rows.getInt(1),
                            rows.getString(2),
                            rows.getString(3),
                            rows.getString(4),
                            rows.getString(5),
                            rows.getBoolean(6)));
                }
            }
            return List.copyOf(others);
        }
    }

    /**
     * Asks the server to end all of them.
     *
     * @param database its oid, which stays with it: its name may be another database's in a moment
     */
    static void terminateAll(Connection connection, long database) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT pg_catalog.pg_terminate_backend(a.pid)" + FROM_OTHERS + " AND a.datid = ?")) {
            statement.setInt(1, 0);
            statement.setLong(2, database);
            statement.execute();
        }
    }

    /** As {@code pid 4711 ('orders', role shop, at 10.0.0.7, idle)}. */
    public String describe() {
        return "pid " + pid + " (" + (application.isEmpty() ? "" : "'" + application + "', ") + "role " + user
                + (client == null ? "" : ", at " + client) + (state == null ? "" : ", " + state) + ")";
    }
}
