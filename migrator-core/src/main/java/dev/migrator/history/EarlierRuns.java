package dev.migrator.history;

import dev.migrator.sql.Quoting;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long a migration took before: here, where it was taken back since or is a repeatable; or else in a sister's history, a
 * table of the same name in another schema of the database, as of other tenants.
 */
public final class EarlierRuns {

    private static final int MAX_SISTERS = 20;

    /** Whoever locks a history is not waited for: this is a guess. */
    private static final String LIMIT = "SET LOCAL lock_timeout = '200ms'";

    private static final String SISTERS = """
            SELECT n.nspname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relname = %s AND n.nspname <> %s AND c.relkind = 'r'
               AND pg_catalog.obj_description(c.oid, 'pg_class') LIKE 'Migrator''s history, format %%'
               AND pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_table_privilege(c.oid, 'SELECT')
             ORDER BY c.oid DESC LIMIT %d
            """;

    private EarlierRuns() {}

    /**
     * What is known.
     *
     * @param durationMs in milliseconds
     * @param source where: {@code this database}, or {@code schema tenant_7}
     */
    public record Earlier(long durationMs, String source) {}

    /**
     * Looks for the newest run of a script that was applied.
     *
     * @param connection in autocommit mode, as it is afterwards
     * @param table with its schema
     * @return null where there is none
     */
    public static @Nullable Earlier find(Connection connection, TableName table, String script) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // as texts of our own: the driver would prepare its COMMIT by a name, and leave that in a pooler's backend
            statement.execute("BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY");
            try {
                statement.execute(LIMIT);
                return find(statement, table, script);
            } finally {
                statement.execute("ROLLBACK");
            }
        }
    }

    private static @Nullable Earlier find(Statement statement, TableName table, String script) throws SQLException {
        Long own = duration(statement, table, script);
        if (own != null) {
            return new Earlier(own, "this database");
        }
        for (TableName sister : sisters(statement, table)) {
            Long theirs = duration(statement, sister, script);
            if (theirs != null) {
                return new Earlier(theirs, "schema " + sister.schema());
            }
        }
        return null;
    }

    private static @Nullable Long duration(Statement statement, TableName table, String script) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT duration_ms FROM " + table.quoted() + " WHERE script = "
                + Quoting.literal(script) + " AND state = 'applied' AND kind <> 'repair' AND duration_ms > 0"
                + " ORDER BY id DESC LIMIT 1")) {
            return row.next() ? row.getLong(1) : null;
        }
    }

    private static List<TableName> sisters(Statement statement, TableName table) throws SQLException {
        List<TableName> sisters = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(
                SISTERS.formatted(Quoting.literal(table.table()), Quoting.literal(table.schema()), MAX_SISTERS))) {
            while (rows.next()) {
                sisters.add(new TableName(rows.getString(1), table.table()));
            }
        }
        return sisters;
    }
}
