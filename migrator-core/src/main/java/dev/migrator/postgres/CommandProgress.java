package dev.migrator.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/**
 * How far the command of another backend is, as the {@code pg_stat_progress_…} views say it: they wait for nobody.
 *
 * @param command {@code CREATE INDEX}, {@code COPY FROM}, …
 * @param phase as the view names it; empty where it names none
 * @param done in this phase
 * @param total in this phase; 0 where that is not known
 * @param unit what is counted
 * @param rows how many rows were read in; null where that is not counted
 * @see <a href="https://www.postgresql.org/docs/current/progress-reporting.html">PostgreSQL: Progress Reporting</a>
 */
public record CommandProgress(
        String command,
        String phase,
        long done,
        long total,
        String unit,
        @Nullable Long rows) {

    /** The columns are those that all of PostgreSQL 14 to 18 have. What a phase counts is told by its name. */
    private static final String QUERY = """
            SELECT command, phase,
                   CASE WHEN phase LIKE 'waiting for%' THEN lockers_done
                        WHEN phase LIKE '%loading tuples%' THEN tuples_done
                        ELSE blocks_done END,
                   CASE WHEN phase LIKE 'waiting for%' THEN lockers_total
                        WHEN phase LIKE '%loading tuples%' THEN tuples_total
                        ELSE blocks_total END,
                   CASE WHEN phase LIKE 'waiting for%' THEN 'sessions'
                        WHEN phase LIKE '%loading tuples%' THEN 'rows'
                        ELSE 'blocks' END,
                   NULL::pg_catalog.int8
              FROM pg_catalog.pg_stat_progress_create_index WHERE pid = ?
            UNION ALL
            SELECT command, phase,
                   CASE WHEN phase = 'seq scanning heap' THEN heap_blks_scanned ELSE heap_tuples_written END,
                   CASE WHEN phase = 'seq scanning heap' THEN heap_blks_total ELSE 0 END,
                   CASE WHEN phase = 'seq scanning heap' THEN 'blocks' ELSE 'rows' END,
                   NULL
              FROM pg_catalog.pg_stat_progress_cluster WHERE pid = ?
            UNION ALL
            SELECT command, '', bytes_processed, bytes_total, 'bytes', tuples_processed
              FROM pg_catalog.pg_stat_progress_copy WHERE pid = ?
            UNION ALL
            SELECT 'VACUUM', phase,
                   CASE WHEN phase = 'vacuuming heap' THEN heap_blks_vacuumed ELSE heap_blks_scanned END,
                   CASE WHEN phase IN ('scanning heap', 'vacuuming heap') THEN heap_blks_total ELSE 0 END,
                   'blocks', NULL
              FROM pg_catalog.pg_stat_progress_vacuum WHERE pid = ?
            UNION ALL
            SELECT 'ANALYZE', phase,
                   CASE WHEN phase = 'acquiring sample rows' THEN sample_blks_scanned ELSE 0 END,
                   CASE WHEN phase = 'acquiring sample rows' THEN sample_blks_total ELSE 0 END,
                   'blocks', NULL
              FROM pg_catalog.pg_stat_progress_analyze WHERE pid = ?
            """;

    private static final int VIEWS = 5;

    /** Asks for one backend; null where it runs no command that PostgreSQL counts. */
    public static @Nullable CommandProgress of(Connection connection, int pid) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
            // without a name on the server: behind a pooler the next look may meet another backend
            statement.unwrap(PGStatement.class).setPrepareThreshold(0);
            for (int view = 1; view <= VIEWS; view++) {
                statement.setInt(view, pid);
            }
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? read(row) : null;
            }
        }
    }

    private static @Nullable CommandProgress read(ResultSet row) throws SQLException {
        String command = row.getString(1);
        if (command == null) {
            // of another role: only its process id may be seen
            return null;
        }
        long rows = row.getLong(6);
        return new CommandProgress(
                command,
                row.getString(2) == null ? "" : row.getString(2),
                row.getLong(3),
                row.getLong(4),
                row.getString(5),
                rows == 0 ? null : rows);
    }
}
