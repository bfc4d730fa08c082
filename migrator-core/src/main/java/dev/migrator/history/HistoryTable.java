package dev.migrator.history;

import dev.migrator.migration.Version;
import dev.migrator.sql.Quoting;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
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
            List<HistoryRow> read = new ArrayList<>();
            String schema = name.schema();
            while (rows.next()) {
                if (schema == null) {
                    schema = rows.getString(23);
                }
                read.add(row(rows));
            }
            return new Content(new TableName(schema, name.table()), History.of(read));
        } catch (SQLException e) {
            if (ABSENT.contains(e.getSQLState())) {
                return new Content(name, History.absent());
            }
            if (FOREIGN.contains(e.getSQLState())) {
                throw new ForeignTableException(name, e);
            }
            throw e;
        }
    }

    private static String select(TableName name) {
        return "SELECT id, version, description, script, kind, checksum, state, statements_done, statements_total,"
                + " done_checksum, started_at, duration_ms, installed_by, instance, error,"
                + " details ->> 'reason', details ->> 'begun', details ->> 'begun_checksum',"
                + " run_id, actor, backup, details ->> 'observed'" + schemaOf(name) + " FROM "
                + name.quoted() + " ORDER BY id";
    }

    /** The schema in which an unqualified name was found, asked once and in the same statement. */
    private static String schemaOf(TableName name) {
        return name.schema() != null
                ? ""
                : ", (SELECT n.nspname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                        + " WHERE c.oid = pg_catalog.to_regclass(" + Quoting.literal(name.quoted()) + "))";
    }

    private static HistoryRow row(ResultSet rows) throws SQLException {
        String version = rows.getString(2);
        long duration = rows.getLong(12);
        Long durationMs = rows.wasNull() ? null : duration;
        Timestamp started = rows.getTimestamp(11);
        String observed = rows.getString(22);
        return new HistoryRow(
                rows.getLong(1),
                version == null ? null : Version.parse(version),
                rows.getString(3),
                rows.getString(4),
                Kind.of(rows.getString(5)),
                rows.getString(6),
                State.of(rows.getString(7)),
                rows.getInt(8),
                rows.getInt(9),
                rows.getString(10),
                started.toInstant(),
                durationMs,
                rows.getString(13),
                rows.getString(14),
                rows.getString(15),
                rows.getString(16),
                rows.getInt(17),
                rows.getString(18),
                rows.getString(19),
                rows.getString(20),
                rows.getString(21),
                observed == null ? null : Sights.parse(observed));
    }

    /**
     * What was read.
     *
     * @param table with its schema, unless the table is empty or absent
     */
    public record Content(TableName table, History history) {}

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
