package dev.migrator.backup;

import static dev.migrator.sql.Quoting.identifier;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What restores and trials left behind that were killed: databases with our name and mark, in which nobody is. */
record Leftovers(MaintenanceDatabase maintenance, String database) {

    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

    private static final String QUERY = """
            SELECT d.datname FROM pg_catalog.pg_database d
             WHERE pg_catalog.shobj_description(d.oid, 'pg_database') = ? AND pg_catalog.pg_has_role(d.datdba, 'USAGE')
               AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_activity a WHERE a.datid = d.oid)
             ORDER BY d.datname
            """;

    /** Their names. */
    List<String> find() throws SQLException {
        List<Pattern> patterns = Stream.of(SiblingName.RESTORING, SiblingName.VERIFYING)
                .map(word -> word.pattern(database))
                .toList();
        List<String> found = new ArrayList<>();
        try (PreparedStatement statement = maintenance.connection().prepareStatement(QUERY)) {
            statement.setString(1, ScratchDatabase.mark(database));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String name = rows.getString(1);
                    if (patterns.stream()
                            .anyMatch(pattern -> pattern.matcher(name).matches())) {
                        found.add(name);
                    }
                }
            }
        }
        return List.copyOf(found);
    }

    /** Drops them, each only if nobody is in it by now either; one that cannot be dropped is no trouble. */
    void drop() throws SQLException {
        for (String name : find()) {
            try {
                maintenance.execute("DROP DATABASE " + identifier(name));
                LOG.info(
                        "Dropped the database {}, which an unfinished restore or trial of a dump had left behind",
                        name);
            } catch (SQLException e) {
                LOG.warn(
                        "The database {}, which an unfinished restore or trial of a dump had left behind, was not dropped: {}",
                        name,
                        e.getMessage());
            }
        }
    }
}
