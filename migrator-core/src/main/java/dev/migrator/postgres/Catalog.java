package dev.migrator.postgres;

import dev.migrator.sql.Quoting;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Questions to the catalog, each of them one query that takes no lock that anybody waits for. */
public final class Catalog {

    private final Connection connection;

    public Catalog(Connection connection) {
        this.connection = connection;
    }

    /** Whether a relation of one of these kinds ({@code pg_class.relkind}) is found under that name. */
    public boolean relationExists(String name, String kinds) throws SQLException {
        return exists(
                "SELECT EXISTS (SELECT FROM pg_catalog.pg_class WHERE oid = pg_catalog.to_regclass(?)"
                        + " AND relkind = ANY (pg_catalog.string_to_array(?, NULL)))",
                quoted(name),
                kinds);
    }

    public boolean columnExists(String table, String column) throws SQLException {
        return exists(
                "SELECT EXISTS (SELECT FROM pg_catalog.pg_attribute WHERE attrelid = pg_catalog.to_regclass(?)"
                        + " AND attname = ? AND attnum > 0 AND NOT attisdropped)",
                quoted(table),
                column);
    }

    /** Whether the index exists and PostgreSQL uses it. */
    public boolean validIndexExists(String index) throws SQLException {
        return exists(
                "SELECT EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass(?)"
                        + " AND indisvalid)",
                quoted(index));
    }

    public boolean constraintExists(String table, String constraint) throws SQLException {
        return exists(
                "SELECT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass(?)"
                        + " AND conname = ?)",
                quoted(table),
                constraint);
    }

    public boolean typeExists(String type) throws SQLException {
        return exists("SELECT pg_catalog.to_regtype(?) IS NOT NULL", quoted(type));
    }

    /** Whether a function or procedure of that name is visible, with whatever arguments. */
    public boolean functionExists(String function) throws SQLException {
        int dot = function.indexOf('.');
        return dot < 0
                ? exists(
                        "SELECT EXISTS (SELECT FROM pg_catalog.pg_proc WHERE proname = ?"
                                + " AND pg_catalog.pg_function_is_visible(oid))",
                        function)
                : exists(
                        "SELECT EXISTS (SELECT FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid ="
                                + " p.pronamespace WHERE n.nspname = ? AND p.proname = ?)",
                        function.substring(0, dot),
                        function.substring(dot + 1));
    }

    public boolean schemaExists(String schema) throws SQLException {
        return exists("SELECT EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = ?)", schema);
    }

    /** Whether the schema holds nothing, or nothing but a history, its lock, and what extensions brought. */
    public boolean schemaIsEmpty(String schema, String historyTable) throws SQLException {
        return exists("""
                SELECT NOT EXISTS (
                    SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                     WHERE n.nspname = ? AND c.relname NOT IN (?, ?) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
                       AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                                        WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                                          AND d.objid = c.oid AND d.deptype = 'e'))
                """, schema, historyTable, Lease.tableFor(historyTable));
    }

    /**
     * Whether there is anything that somebody would miss: a relation but a history and its lock, a function, a type of its own or a
     * large object; what extensions brought, and the system's, does not count.
     */
    public boolean databaseHoldsAnything(String historyTable) throws SQLException {
        return exists("""
                WITH own AS MATERIALIZED (
                    SELECT oid FROM pg_catalog.pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'),
                held AS (
                    SELECT 'pg_catalog.pg_class'::pg_catalog.regclass AS catalog, oid FROM pg_catalog.pg_class
                     WHERE relnamespace IN (SELECT oid FROM own) AND relname NOT IN (?, ?)
                       AND relkind IN ('r', 'p', 'm', 'v', 'f', 'S')
                    UNION ALL
                    SELECT 'pg_catalog.pg_proc'::pg_catalog.regclass, oid FROM pg_catalog.pg_proc
                     WHERE pronamespace IN (SELECT oid FROM own)
                    UNION ALL
                    SELECT 'pg_catalog.pg_type'::pg_catalog.regclass, oid FROM pg_catalog.pg_type
                     WHERE typnamespace IN (SELECT oid FROM own) AND typtype IN ('d', 'e', 'r'))
                SELECT EXISTS (
                    SELECT FROM held h
                     WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                                        WHERE d.classid = h.catalog AND d.objid = h.oid AND d.objsubid = 0
                                          AND d.deptype IN ('e', 'i', 'a')
                                          AND d.refclassid <> 'pg_catalog.pg_namespace'::pg_catalog.regclass))
                    OR EXISTS (SELECT FROM pg_catalog.pg_largeobject_metadata)
                """, historyTable, Lease.tableFor(historyTable));
    }

    /** The schema in which an unqualified table name is found along the search path, or null if it is in none. */
    public @Nullable String schemaOf(String table) throws SQLException {
        return text(
                "SELECT n.nspname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                        + " WHERE c.oid = pg_catalog.to_regclass(?)",
                Quoting.identifier(table));
    }

    /** A table's comment, or null if it has none. */
    public @Nullable String tableComment(String quotedName) throws SQLException {
        return text("SELECT pg_catalog.obj_description(pg_catalog.to_regclass(?), 'pg_class')", quotedName);
    }

    private @Nullable String text(String query, String argument) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, argument);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        }
    }

    private boolean exists(String query, String... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setString(i + 1, arguments[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** A name as a person gives it, quoted for {@code to_regclass}: a first dot divides schema and name. */
    private static String quoted(String name) {
        int dot = name.indexOf('.');
        return dot < 0
                ? Quoting.identifier(name)
                : Quoting.identifier(name.substring(0, dot)) + "." + Quoting.identifier(name.substring(dot + 1));
    }
}
