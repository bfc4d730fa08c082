package dev.migrator;

import dev.migrator.run.Blocker;
import dev.migrator.run.Phase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a migrator stands at one moment.
 *
 * @param schema the schema that holds the history table, or null while it is not known
 * @param table the history table's name
 * @param currentVersion the highest version that is applied, or null if none is
 * @param latestVersion the highest version that is found here, or null if none is
 * @param pending how many migrations the next run, or the rest of this one, would run: also those that failed, or are unfinished
 * @param current what runs now, or null
 * @param migrations what is found here and what the history knows, in the order in which it runs
 * @param problems why the last validation or run refused or failed; empty when all is well
 * @param notes what is worth knowing and no problem
 */
public record MigratorStatus(
        MigratorState state,
        @Nullable String schema,
        String table,
        @Nullable String currentVersion,
        @Nullable String latestVersion,
        int pending,
        @Nullable Current current,
        List<MigrationInfo> migrations,
        List<String> problems,
        List<String> notes) {

    /**
     * What runs at this moment.
     *
     * @param phase what the run is doing
     * @param detail whom it waits for, say; or null
     * @param version the migration's version; null for a repeatable and outside of any migration
     * @param script the migration's script, or null outside of any migration
     * @param step the migration's number in this run, from 1, and of how many; 0 outside of any migration
     * @param statement the statement that runs, from 1, and of how many; 0 where that is not known
     * @param line the statement's first line in the script, or 0
     * @param text the statement's start, or null
     * @param elapsedMs since the migration began (outside of any: since the run began), in milliseconds
     * @param attempt 1, or more after retries
     * @param blockers who keeps it waiting
     */
    public record Current(
            Phase phase,
            @Nullable String detail,
            @Nullable String version,
            @Nullable String script,
            int step,
            int steps,
            long statement,
            long statements,
            int line,
            @Nullable String text,
            long elapsedMs,
            int attempt,
            List<Blocker> blockers) {}
}
