package dev.migrator.postgres;

import dev.migrator.sql.Quoting;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts a table's rows, up to a limit and without waiting long for anybody. */
public final class RowCount {

    /** Up to so many are counted one by one. */
    public static final int LIMIT = 10_000;

    /** Also a column without values makes the server read the whole table, and a foreign table may be far away. */
    private static final List<String> PATIENCE =
            List.of("SET LOCAL lock_timeout = '1s'", "SET LOCAL statement_timeout = '3s'");

    private final Connection connection;
    private final List<String> settings;

    /**
     * Over a connection in autocommit mode.
     *
     * @param settings what a script's transaction begins with, so that names mean the same
     */
    public RowCount(Connection connection, List<String> settings) {
        this.connection = connection;
        this.settings = List.copyOf(settings);
    }

    /**
     * How many rows there are, or how many of them have a value in a column.
     *
     * @param relation its name as a statement has it
     * @return at most {@link #LIMIT} + 1; -1 where there is no such relation, or it cannot be read now
     */
    public long of(String relation, @Nullable String column) throws SQLException {
        String filter = column == null ? "" : " WHERE " + Quoting.identifier(column) + " IS NOT NULL";
        try (Statement statement = connection.createStatement()) {
            try {
                statement.execute("BEGIN READ ONLY");
                for (String setting : settings) {
                    statement.execute(setting);
                }
                for (String limit : PATIENCE) {
                    statement.execute(limit);
                }
                try (ResultSet row = statement.executeQuery("SELECT count(*) FROM (SELECT FROM " + relation + filter
                        + " LIMIT " + (LIMIT + 1) + ") counted")) {
                    row.next();
                    return row.getLong(1);
                }
            } catch (SQLException e) {
                if (ServerError.of(e).isConnectionLost()) {
                    throw e;
                }
                return -1;
            } finally {
                statement.execute("ROLLBACK");
            }
        }
    }
}
