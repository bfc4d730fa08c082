package dev.migrator.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Watches another backend from a connection of its own, with queries that wait for nobody. */
public final class Activity {

    private static final String QUERY = """
            SELECT pid, application_name, state, extract(epoch FROM pg_catalog.clock_timestamp() - xact_start), query,
                   pid = ?
              FROM pg_catalog.pg_stat_activity
             WHERE pid = ? OR pid = ANY (pg_catalog.pg_blocking_pids(?))
            """;

    private final Connection connection;

    public Activity(Connection connection) {
        this.connection = connection;
    }

    /** Asks what a backend does now and who keeps it waiting. */
    public Sight of(int pid) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
            for (int i = 1; i <= 3; i++) {
                statement.setInt(i, pid);
            }
            try (ResultSet rows = statement.executeQuery()) {
                String query = null;
                List<Blocking> blockers = new ArrayList<>();
                while (rows.next()) {
                    if (rows.getBoolean(6)) {
                        query = rows.getString(5);
                    } else {
                        blockers.add(blocker(rows));
                    }
                }
                return new Sight(query, List.copyOf(blockers));
            }
        }
    }

    private static Blocking blocker(ResultSet row) throws SQLException {
        double seconds = row.getDouble(4);
        Duration age = row.wasNull() ? null : Duration.ofMillis((long) (seconds * 1000));
        String application = row.getString(2);
        return new Blocking(
                row.getInt(1), application == null ? "" : application, row.getString(3), age, row.getString(5));
    }

    /**
     * What was seen.
     *
     * @param query the statement that the backend runs, cut at {@code track_activity_query_size}; null if it has gone
     */
    public record Sight(@Nullable String query, List<Blocking> blockers) {}

    /** A session that another one waits for; the fields as in {@code pg_stat_activity}. */
    public record Blocking(
            int pid,
            String application,
            @Nullable String state,
            @Nullable Duration age,
            @Nullable String query) {}
}
