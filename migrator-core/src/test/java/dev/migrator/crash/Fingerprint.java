package dev.migrator.crash;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** All that a database holds, as lines of text to compare; but for the rows of the history and the table of the lease. */
record Fingerprint(List<String> lines) {

    private static final String OURS =
            "n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%'";

    private static final String NOT_LEASE = " AND c.relname NOT LIKE 'schema\\_migrations\\_lock%'";

    private static final List<String> QUERIES = List.of(
            "SELECT concat_ws(' ', 'relation', n.nspname, c.relname, c.relkind, c.relpersistence)"
                    + " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE " + OURS + NOT_LEASE,
            "SELECT concat_ws(' ', 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,"
                    + " a.attidentity, a.attgenerated, pg_get_expr(d.adbin, d.adrelid))"
                    + " FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum"
                    + ofRelation("a.attrelid") + " AND a.attnum > 0 AND NOT a.attisdropped",
            "SELECT concat_ws(' ', 'constraint', c.relname, o.conname, o.convalidated, pg_get_constraintdef(o.oid))"
                    + " FROM pg_constraint o" + ofRelation("o.conrelid"),
            "SELECT concat_ws(' ', 'index', pg_get_indexdef(i.indexrelid), i.indisvalid, i.indisready, i.indislive)"
                    + " FROM pg_index i" + ofRelation("i.indexrelid"),
            "SELECT concat_ws(' ', 'trigger', pg_get_triggerdef(t.oid)) FROM pg_trigger t" + ofRelation("t.tgrelid")
                    + " AND NOT t.tgisinternal",
            "SELECT concat_ws(' ', 'view', c.relname, pg_get_viewdef(c.oid)) FROM pg_class c"
                    + " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE " + OURS + " AND c.relkind IN ('v', 'm')",
            "SELECT concat_ws(' ', 'partition', i.inhparent::regclass, c.relname, i.inhdetachpending)"
                    + " FROM pg_inherits i" + ofRelation("i.inhrelid"),
            "SELECT concat_ws(' ', 'function', p.oid::regprocedure, md5(pg_get_functiondef(p.oid)))"
                    + " FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE " + OURS
                    + " AND p.prokind <> 'a'",
            "SELECT concat_ws(' ', 'enum', e.enumtypid::regtype, string_agg(e.enumlabel, ' ' ORDER BY e.enumsortorder))"
                    + " FROM pg_enum e GROUP BY e.enumtypid");

    private static final String TABLES =
            "SELECT c.oid::regclass FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace" + " WHERE " + OURS
                    + " AND c.relkind = 'r' AND c.relname <> 'schema_migrations'" + NOT_LEASE;

    private static String ofRelation(String oid) {
        return " JOIN pg_class c ON c.oid = " + oid + " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE " + OURS
                + NOT_LEASE;
    }

    static Fingerprint of(DataSource database) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            List<String> lines = new ArrayList<>();
            for (String query : QUERIES) {
                lines.addAll(column(statement, query));
            }
            for (String table : column(statement, TABLES)) {
                lines.addAll(column(
                        statement,
                        "SELECT concat_ws(' ', 'rows', '" + table + "', count(*),"
                                + " md5(string_agg(t::text, ' ' ORDER BY t::text))) FROM " + table + " t"));
            }
            return new Fingerprint(lines.stream().sorted().toList());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> column(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }
}
