package dev.migrator.history;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Reads what only a rollback needs of the history, and a start does not. */
public final class KeptRollbacks {

    private KeptRollbacks() {}

    /** The run of each row, by the rows' ids. */
    public static Map<Long, UUID> runs(Connection connection, TableName name) throws SQLException {
        Map<Long, UUID> runs = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id, run_id FROM " + name.quoted())) {
            while (rows.next()) {
                runs.put(rows.getLong(1), UUID.fromString(rows.getString(2)));
            }
        }
        return runs;
    }

    /** What takes these rows' migrations back, by the rows' ids; none where nothing was found when they ran. */
    public static Map<Long, KeptRollback> of(Connection connection, TableName name, Collection<Long> ids)
            throws SQLException {
        Map<Long, KeptRollback> kept = new HashMap<>();
        Array wanted = connection.createArrayOf("bigint", ids.toArray());
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT id, details -> 'rollback' ->> 'script', details -> 'rollback' ->> 'checksum', rollback_script,"
                        + " details -> 'rollback' ->> 'conf' FROM "
                        + name.quoted() + " WHERE id = ANY (?) AND details -> 'rollback' IS NOT NULL")) {
            statement.setArray(1, wanted);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    kept.put(
                            rows.getLong(1),
                            new KeptRollback(
                                    rows.getString(2), rows.getString(3), rows.getString(4), rows.getString(5)));
                }
            }
        }
        return kept;
    }
}
