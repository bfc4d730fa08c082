package dev.migrator.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What is to be known of a database before it is dumped. No question here waits for a lock.
 *
 * @param databaseBytes the database's size, with its indexes and catalogs
 * @param tableBytes the same without indexes, which are not in a dump; as far as their last VACUUM or ANALYZE counted them
 * @param user whose rights count: the role that the session has taken on
 * @param role the role that {@code SET ROLE} chose, {@code none} if nobody did
 */
public record DumpedRelations(long databaseBytes, long tableBytes, String user, String role) {

    /**
     * Which of {@code pg_class c JOIN pg_namespace n} are dumped ({@code selectDumpableNamespace} and
     * {@code checkExtensionMembership} in {@code pg_dump}).
     */
    static final String CONDITION =
            "c.relpersistence <> 't' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'"
                    + " AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.deptype = 'e' AND d.objid = c.oid"
                    + " AND d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass)";

    private static final String FACTS = """
            SELECT size, greatest(0, size - indexes), current_user, pg_catalog.current_setting('role')
              FROM pg_catalog.pg_database_size(pg_catalog.current_database()) size,
                   (SELECT coalesce(sum(relpages::bigint), 0) * pg_catalog.current_setting('block_size')::int AS indexes
                      FROM pg_catalog.pg_class WHERE relkind = 'i') i
            """;

    /** A sequence's SELECT is asked as a table's; {@code pg_dump} reads the rows of leaves and locks partitioned tables. */
    private static final String OUT_OF_REACH = """
            WITH wanted AS MATERIALIZED (
                SELECT c.oid, c.relkind, n.oid AS schema,
                       pg_catalog.format('%%s %%I.%%I', CASE c.relkind WHEN 'S' THEN 'sequence' ELSE 'table' END,
                                         n.nspname, c.relname) AS name
                  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                 WHERE c.relkind IN ('r', 'p', 'S') AND %s),
            judged AS (
                SELECT name,
                       NOT pg_catalog.has_schema_privilege(schema, 'USAGE')
                           OR NOT pg_catalog.has_table_privilege(oid, 'SELECT') AS forbidden,
                       relkind = 'r' AND pg_catalog.row_security_active(oid) AS filtered
                  FROM wanted
                UNION ALL
                SELECT 'large object ' || m.oid, true, false
                  FROM pg_catalog.pg_largeobject_metadata m
                 WHERE NOT pg_catalog.current_setting('lo_compat_privileges')::bool
                   AND NOT pg_catalog.pg_has_role(m.lomowner, 'USAGE')
                   AND NOT EXISTS (SELECT FROM pg_catalog.aclexplode(m.lomacl) a
                                    WHERE a.privilege_type = 'SELECT'
                                      AND (a.grantee = 0 OR pg_catalog.pg_has_role(a.grantee, 'USAGE'))))
            SELECT name, forbidden, count(*) OVER () FROM judged WHERE forbidden OR filtered ORDER BY 2 DESC, 1 LIMIT 3
            """.formatted(CONDITION);

    /**
     * What the role cannot read, or not all of.
     *
     * @param names of the first three
     * @param forbidden whether they may not be read at all; otherwise row-level security hides rows
     * @param count how many there are
     */
    public record OutOfReach(List<String> names, boolean forbidden, int count) {}

    /** Asks for the sizes and the roles. */
    public static DumpedRelations read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(FACTS)) {
            row.next();
            return new DumpedRelations(row.getLong(1), row.getLong(2), row.getString(3), row.getString(4));
        }
    }

    /** What a dump needs and the connection's role cannot read. */
    public static OutOfReach outOfReach(Connection connection) throws SQLException {
        List<String> names = new ArrayList<>();
        boolean forbidden = false;
        int count = 0;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(OUT_OF_REACH)) {
            while (rows.next()) {
                names.add(rows.getString(1));
                forbidden |= rows.getBoolean(2);
                count = rows.getInt(3);
            }
        }
        return new OutOfReach(List.copyOf(names), forbidden, count);
    }
}
