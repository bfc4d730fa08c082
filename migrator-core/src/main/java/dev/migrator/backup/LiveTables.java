package dev.migrator.backup;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The tables of a database that is in use, with as many rows as the server takes them to have: to count them would read all of them.
 *
 * @param rows by the table's name as SQL has it; -1 where it was never counted
 */
record LiveTables(Map<String, Long> rows) {

    private static final String QUERY = """
            SELECT pg_catalog.format('%I.%I', n.nspname, c.relname), c.reltuples::pg_catalog.int8
              FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relkind = 'r' AND c.relpersistence <> 't'
               AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
               AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                                WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                                  AND d.objid = c.oid AND d.deptype = 'e')
            """;

    static LiveTables read(Connection connection) throws SQLException {
        Map<String, Long> rows = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(QUERY)) {
            while (row.next()) {
                rows.put(row.getString(1), row.getLong(2));
            }
        }
        return new LiveTables(rows);
    }

    /**
     * What has become of the database since the dump.
     *
     * @param dumped the tables of the dump, restored
     * @param counted their rows, as far as they were counted
     */
    List<String> changesSince(LiveTables dumped, Map<String, Long> counted) {
        List<String> changes = new ArrayList<>();
        dumped.rows().keySet().stream()
                .filter(table -> !rows.containsKey(table))
                .forEach(table -> changes.add(table + " is in the backup only"));
        rows.forEach((table, now) -> {
            Long then = counted.get(table);
            if (!dumped.rows().containsKey(table)) {
                changes.add(table + " is in the database only");
            } else if (then != null && now >= 0 && !then.equals(now)) {
                changes.add(table + " has " + then + " rows in the backup, and about " + now + " now");
            }
        });
        return List.copyOf(changes);
    }
}
