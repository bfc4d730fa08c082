package dev.migrator.postgres;

import dev.migrator.sql.Quoting;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * What is to be known of the server and of the session before anything runs, had with one query.
 *
 * @param version as {@code server_version_num} gives it: 180006 is 18.6
 * @param pid the backend's process id
 * @param pooled whether a pooler stands in between: the driver was told another process id than the server's, which is the key
 *     to cancel by, and which a pooler makes up. That a process id stays the same says nothing: a quiet pooler lends the same
 *     backend again
 * @param currentSchema the first schema of the search path that exists, or null if none does, or if it is one of the
 *     server's own: nothing of ours belongs there, and in {@code pg_temp_3} it would not last
 * @param searchPath as {@code search_path} gives it, which may be no text for a SET
 * @param role the role that {@code SET ROLE} chose, {@code none} if nobody did
 * @param restore statements that bring back what the pool has set in this session, after a {@code RESET ALL}
 * @param started since when the server runs
 */
public record ServerFacts(
        int version,
        int pid,
        boolean pooled,
        String database,
        @Nullable String currentSchema,
        String searchPath,
        String user,
        String role,
        boolean inRecovery,
        boolean readOnly,
        List<String> restore,
        String started) {

    private static final int VERSIONS_PER_MAJOR = 10_000;

    /**
     * What the pool has set is set again by set_config, for a SET would take a list of names for one name. What the role may not
     * set, and so has from somebody else, such as a trigger on login, is not: to lose that, as any RESET ALL of the role's own
     * does, is a smaller harm than a run that stops.
     */
    private static final String QUERY = """
            SELECT pg_catalog.current_setting('server_version_num')::int,
                   pg_catalog.pg_backend_pid(),
                   pg_catalog.current_database(),
                   pg_catalog.current_schema(),
                   pg_catalog.current_setting('search_path'),
                   session_user,
                   pg_catalog.current_setting('role'),
                   pg_catalog.pg_is_in_recovery(),
                   pg_catalog.current_setting('transaction_read_only')::bool,
                   ARRAY(SELECT pg_catalog.format('SELECT pg_catalog.set_config(%L, %L, false)',
                                    name, pg_catalog.current_setting(name))
                                || CASE WHEN context = 'user' THEN ''
                                        WHEN pg_catalog.current_setting('server_version_num')::int < 150000
                                            THEN ' WHERE pg_catalog.current_setting(''is_superuser'')::bool'
                                        ELSE pg_catalog.format(' WHERE pg_catalog.has_parameter_privilege(%L, ''SET'')', name)
                                   END
                           FROM pg_catalog.pg_settings
                          WHERE source = 'session'
                            AND name NOT IN ('transaction_isolation', 'transaction_read_only', 'transaction_deferrable')),
            """ + ServerMark.STARTED;

    static ServerFacts read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(QUERY)) {
            row.next();
            return new ServerFacts(
                    row.getInt(1),
                    row.getInt(2),
                    row.getInt(2) != connection.unwrap(PGConnection.class).getBackendPID(),
                    row.getString(3),
                    unlessServers(row.getString(4)),
                    row.getString(5),
                    row.getString(6),
                    row.getString(7),
                    row.getBoolean(8),
                    row.getBoolean(9),
                    List.of((String[]) row.getArray(10).getArray()),
                    row.getString(11));
        }
    }

    private static @Nullable String unlessServers(@Nullable String schema) {
        return schema != null && schema.startsWith("pg_") ? null : schema;
    }

    /** A statement that brings back the search path, behind a {@code RESET ALL}. */
    public String restoreSearchPath() {
        return "SELECT pg_catalog.set_config('search_path', " + Quoting.literal(searchPath) + ", false)";
    }

    /** By which the server is known again. */
    public ServerMark mark() {
        return new ServerMark(started, inRecovery);
    }

    /** The major version, as 18. */
    public int major() {
        return major(version);
    }

    /**
     * A server's major version.
     *
     * @param version as {@code server_version_num} gives it
     */
    public static int major(int version) {
        return version / VERSIONS_PER_MAJOR;
    }

    /** Whether nothing can be written here: a standby, or a session that is read-only. */
    public boolean refusesWrites() {
        return inRecovery || readOnly;
    }
}
