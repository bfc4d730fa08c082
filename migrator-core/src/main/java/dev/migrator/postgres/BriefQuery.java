package dev.migrator.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Asks for a number without waiting long for anybody, and with names that mean what they mean to a script. */
public final class BriefQuery {

    /**
     * Also a column without values makes the server read the whole table, and a foreign table may be far away. Rows that a
     * policy hides are there all the same: the server then refuses, as pg_dump has it do.
     */
    private static final List<String> LIMITS = List.of(
            "SET LOCAL lock_timeout = '1s'", "SET LOCAL statement_timeout = '3s'", "SET LOCAL row_security = off");

    private final Connection connection;
    private final List<String> settings;

    /**
     * Over a connection in autocommit mode.
     *
     * @param settings what a script's transaction begins with, so that names mean the same
     */
    public BriefQuery(Connection connection, List<String> settings) {
        this.connection = connection;
        this.settings = List.copyOf(settings);
    }

    /** The query's number; -1 where there is no answer now. */
    long number(String query) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try {
                statement.execute("BEGIN READ ONLY");
                for (String setting : settings) {
                    statement.execute(setting);
                }
                for (String limit : LIMITS) {
                    statement.execute(limit);
                }
                try (ResultSet row = statement.executeQuery(query)) {
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
