package dev.migrator.postgres;

import dev.migrator.sql.Effect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What statements outside of a transaction have left in the catalog, done or half done. */
public final class Traces {

    /**
     * Invalid indexes with the names that REINDEX CONCURRENTLY gives to its new and its old ones ("Rebuilding Indexes
     * Concurrently" in PostgreSQL's manual), those of TOAST tables included. What {@code %s} stands for are the tables.
     */
    private static final String LEFTOVERS = """
            SELECT pg_catalog.format('%%I.%%I', n.nspname, c.relname)
              FROM pg_catalog.pg_index i
              JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              JOIN (%s) AS t ON i.indrelid IN (t.oid, t.reltoastrelid)
             WHERE NOT i.indisvalid AND c.relkind = 'i' AND c.relname ~ '_cc(new|old)[0-9]*$'
             ORDER BY 1
            """;

    private static final String ALL_TABLES = "SELECT oid, reltoastrelid FROM pg_catalog.pg_class";

    private final Connection connection;

    public Traces(Connection connection) {
        this.connection = connection;
    }

    /** How a partition stands to its table. */
    public enum Attachment {
        ATTACHED,
        /** The first half of DETACH PARTITION … CONCURRENTLY is done; what is left is FINALIZE. */
        PENDING,
        NONE
    }

    /** Whether a relation of that name, as it is written in the statement, is found. */
    public boolean exists(String relation) throws SQLException {
        return !column("SELECT 1 WHERE pg_catalog.to_regclass(?) IS NOT NULL", relation)
                .isEmpty();
    }

    /** Whether an object of that name is in the catalog. */
    public boolean exists(Effect.Sort sort, String name) throws SQLException {
        String query =
                switch (sort) {
                    case DATABASE -> "SELECT 1 FROM pg_catalog.pg_database WHERE datname = CAST(? AS pg_catalog.name)";
                    case TABLESPACE ->
                        "SELECT 1 FROM pg_catalog.pg_tablespace WHERE spcname = CAST(? AS pg_catalog.name)";
                    case SUBSCRIPTION ->
                        "SELECT 1 FROM pg_catalog.pg_subscription WHERE subname = CAST(? AS pg_catalog.name) AND subdbid ="
                                + " (SELECT oid FROM pg_catalog.pg_database"
                                + " WHERE datname = pg_catalog.current_database())";
                };
        return !column(query, name).isEmpty();
    }

    /** How the partition stands to the table. */
    public Attachment attachment(Effect.PartitionDetached detached) throws SQLException {
        List<String> pending = column(
                "SELECT inhdetachpending FROM pg_catalog.pg_inherits WHERE inhparent = pg_catalog.to_regclass(?)"
                        + " AND inhrelid = pg_catalog.to_regclass(?)",
                detached.table(),
                detached.partition());
        if (pending.isEmpty()) {
            return Attachment.NONE;
        }
        return pending.get(0).equals("t") ? Attachment.PENDING : Attachment.ATTACHED;
    }

    /** The indexes that a REINDEX CONCURRENTLY which did not come to its end has left, quoted and qualified. */
    public List<String> leftovers(Effect.Reindexed reindexed) throws SQLException {
        String name = reindexed.name();
        return name == null
                ? column(LEFTOVERS.formatted(ALL_TABLES))
                : column(LEFTOVERS.formatted(ALL_TABLES + " WHERE " + isIn(reindexed.scope())), name);
    }

    private static String isIn(Effect.Scope scope) {
        return switch (scope) {
            case INDEX -> "oid IN (SELECT indrelid FROM pg_catalog.pg_index WHERE indexrelid IN (" + tree() + "))";
            case TABLE -> "oid IN (" + tree() + ")";
            case SCHEMA -> "relnamespace = pg_catalog.to_regnamespace(?)";
            case DATABASE -> throw new IllegalArgumentException("a database has no name here");
        };
    }

    /** The relation itself, and its partitions. */
    private static String tree() {
        return "WITH root AS (SELECT pg_catalog.to_regclass(?) AS oid)"
                + " SELECT oid FROM root UNION SELECT relid FROM root, pg_catalog.pg_partition_tree(root.oid)";
    }

    private List<String> column(String query, String... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setString(i + 1, arguments[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                List<String> values = new ArrayList<>();
                while (rows.next()) {
                    values.add(rows.getString(1));
                }
                return values;
            }
        }
    }
}
