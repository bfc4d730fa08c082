package dev.migrator.run;

import org.jspecify.annotations.Nullable;

/**
 * How far a command is by PostgreSQL's own account, its {@code pg_stat_progress_…} views.
 *
 * @param command {@code CREATE INDEX CONCURRENTLY}, {@code COPY FROM}, {@code VACUUM}, …
 * @param phase {@code building index: scanning table}, …; empty where the view has none
 * @param done how much of this phase is done
 * @param total how much there is to do in this phase; 0 where that is not known
 * @param unit what is counted: {@code blocks}, {@code rows}, {@code bytes}, {@code sessions}
 * @see <a href="https://www.postgresql.org/docs/current/progress-reporting.html">PostgreSQL: Progress Reporting</a>
 */
public record ServerProgress(String command, String phase, long done, long total, String unit) {

    /** From 0 to 100, of this phase; null where it is not known how much there is to do. */
    public @Nullable Integer percent() {
        return total <= 0 ? null : (int) Math.min(100, Math.max(0, done * 100 / total));
    }
}
