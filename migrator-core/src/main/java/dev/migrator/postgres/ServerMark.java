package dev.migrator.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * By what anybody tells one server from another, where addresses say nothing: behind a balancer all have the same. A server that
 * was started anew is another one, for it knows nothing of the sessions before.
 *
 * @param started since when it runs, in microseconds
 */
public record ServerMark(String started, boolean standby) {

    private static final Logger LOG = LoggerFactory.getLogger(ServerMark.class);

    /** A number, so that no setting of a session, such as its time zone, has a say in it. */
    static final String STARTED = "extract(epoch FROM pg_catalog.pg_postmaster_start_time())";

    /** The two columns of a query that are read by {@link #of}. */
    static final String COLUMNS = STARTED + ", pg_catalog.pg_is_in_recovery()";

    private static final String CLUSTER = "SELECT system_identifier FROM pg_catalog.pg_control_system()";

    static ServerMark of(ResultSet row, int column) throws SQLException {
        return new ServerMark(row.getString(column), row.getBoolean(column + 1));
    }

    /** The mark of the server that a connection leads to. */
    public static ServerMark read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + COLUMNS)) {
            row.next();
            return of(row, 1);
        }
    }

    /** What a primary has in common with its standbys, and with whatever became of them; null where that may not be asked. */
    public static @Nullable String cluster(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(CLUSTER)) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            if (ServerError.of(e).isConnectionLost()) {
                throw e;
            }
            LOG.debug("Which cluster the server belongs to is not to be known", e);
            return null;
        }
    }
}
