package dev.migrator.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The backups that the history names. */
public final class BackupNames {

    private BackupNames() {}

    /** Those that the newest rows name, the newest first. */
    public static List<String> newest(Connection connection, TableName name, int limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT backup FROM " + name.quoted()
                + " WHERE backup IS NOT NULL GROUP BY backup ORDER BY max(id) DESC LIMIT ?")) {
            statement.setInt(1, limit);
            List<String> names = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            return names;
        }
    }
}
