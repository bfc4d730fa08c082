package dev.migrator.history;

import dev.migrator.sql.Quoting;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the {@code schema_migrations} table. */
public final class HistoryTable {

    /** SQLSTATE undefined_table, and invalid_schema_name: no history yet. */
    private static final List<String> ABSENT = List.of("42P01", "3F000");

    /** SQLSTATE undefined_column, undefined_function and wrong_object_type: another tool's table of that name. */
    private static final List<String> FOREIGN = List.of("42703", "42883", "42809");

    private HistoryTable() {}

    /**
     * Reads the whole history with one statement, which waits for nobody: only a format upgrade locks the table against
     * reading.
     *
     * @throws ForeignTableException if the table has not Migrator's columns
     */
    public static Content read(Connection connection, TableName name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(select(name))) {
            List<StoredRow> read = new ArrayList<>();
            String schema = name.schema();
            while (rows.next()) {
                if (schema == null) {
                    schema = rows.getString(6);
                }
                read.add(new StoredRow(
                        rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4), rows.getString(5)));
            }
            return new Content(new TableName(schema, name.table()), true, read);
        } catch (SQLException e) {
            if (ABSENT.contains(e.getSQLState())) {
                return new Content(name, false, List.of());
            }
            if (FOREIGN.contains(e.getSQLState())) {
                throw new ForeignTableException(name, e);
            }
            throw e;
        }
    }

    private static String select(TableName name) {
        return "SELECT " + StoredRow.COLUMNS + schemaOf(name) + " FROM " + name.quoted() + " ORDER BY id";
    }

    /**
     * The schema in which an unqualified name was found, asked once and in the same statement. A join would say the same, and
     * take the server a millisecond longer to plan, in a session that has not seen these catalogs.
     */
    private static String schemaOf(TableName name) {
        return name.schema() != null
                ? ""
                : ", (SELECT n.nspname FROM pg_catalog.pg_namespace n WHERE n.oid = (SELECT c.relnamespace"
                        + " FROM pg_catalog.pg_class c WHERE c.oid = pg_catalog.to_regclass("
                        + Quoting.literal(name.quoted()) + ")))";
    }

    /** What was read. */
    public static final class Content {

        private final TableName table;
        private final boolean exists;
        private List<StoredRow> rows;
        private @Nullable History history;

        /**
         * What was read.
         *
         * @param exists whether there is such a table
         */
        public Content(TableName table, boolean exists, List<StoredRow> rows) {
            this.table = table;
            this.exists = exists;
            this.rows = rows;
        }

        /** The table, with its schema, unless it is empty or absent. */
        public TableName table() {
            return table;
        }

        /** Whether the table exists. */
        public boolean exists() {
            return exists;
        }

        /** The rows in the order of their ids, until {@link #history()} was asked for, which takes their place. */
        public synchronized List<StoredRow> rows() {
            return rows;
        }

        /**
         * What the rows say.
         *
         * @throws IllegalStateException if a newer release has written one
         */
        public synchronized History history() {
            History read = history;
            if (read == null) {
                read = exists ? History.of(rows.stream().map(StoredRow::row).toList()) : History.absent();
                history = read;
                rows = List.of();
            }
            return read;
        }
    }

    /** The table exists and is not Migrator's. */
    public static final class ForeignTableException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient TableName table;

        ForeignTableException(TableName table, @Nullable SQLException cause) {
            super("The table " + table + " is not Migrator's", cause);
            this.table = table;
        }

        /** The table's name. */
        public TableName table() {
            return table;
        }
    }
}
