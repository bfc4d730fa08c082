package dev.migrator.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the server offers to those who archive its write-ahead log and can recover to a point in it. Whether a role may ask, and
 * whether a cloud's server knows the answer at all, shows only when it is asked.
 */
public final class RecoveryPoints {

    private static final Logger LOG = LoggerFactory.getLogger(RecoveryPoints.class);

    private static final String MAY_CREATE =
            "SELECT pg_catalog.has_function_privilege('pg_catalog.pg_create_restore_point(text)', 'EXECUTE')"
                    + " AND pg_catalog.current_setting('wal_level') <> 'minimal'";

    private RecoveryPoints() {}

    /** Whether the server says where its write-ahead log stands. */
    public static boolean tellPosition(Connection connection) {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_current_wal_insert_lsn()")) {
            return row.next();
        } catch (SQLException e) {
            LOG.debug("The position of the write-ahead log is not known", e);
            return false;
        }
    }

    /**
     * Writes a named restore point into the log, where the role may.
     *
     * @param name at most 63 bytes ({@code MAXFNAMELEN} - 1)
     * @return the name, or null if there is none
     */
    public static @Nullable String create(Connection connection, String name) {
        try (Statement question = connection.createStatement();
                ResultSet may = question.executeQuery(MAY_CREATE)) {
            may.next();
            if (!may.getBoolean(1)) {
                return null;
            }
        } catch (SQLException e) {
            LOG.debug("Whether a restore point may be created is not known", e);
            return null;
        }
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT pg_catalog.pg_create_restore_point(?)")) {
            statement.setString(1, name);
            statement.execute();
            return name;
        } catch (SQLException e) {
            LOG.debug("No restore point was created", e);
            return null;
        }
    }
}
