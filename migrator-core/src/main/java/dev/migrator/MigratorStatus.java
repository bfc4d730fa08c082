package dev.migrator;

import dev.migrator.run.Blocker;
import dev.migrator.run.Phase;
import dev.migrator.run.ServerProgress;
import java.time.Instant;
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
 * @param history everything that was ever recorded, one for each time that something was run, in that order: also what was
 *     tried again, taken back or repaired since
 * @param problems why the last validation or run refused or failed; empty when all is well
 * @param databaseState in which state the failure left the database, or null where none is known
 * @param action what to do next about the problems, or null where there are none
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
        List<MigrationInfo> history,
        List<String> problems,
        @Nullable String databaseState,
        @Nullable String action,
        List<String> notes) {

    /**
     * What runs at this moment.
     *
     * @param phase what the run is doing
     * @param detail whom it waits for, say; or null
     * @param actor the person who asked for the run, or null where nobody did
     * @param startedAt when the run began, by this instance's clock
     * @param phaseMs since the phase began, in milliseconds
     * @param version the migration's version; null for a repeatable and outside of any migration
     * @param script the migration's script, or null outside of any migration
     * @param step the migration's number in this run, from 1, and of how many; 0 outside of any migration
     * @param statement the statement that runs, from 1, and of how many; 0 where that is not known
     * @param line the statement's first line in the script, or 0
     * @param text the statement's start, or null
     * @param elapsedMs since the migration began (outside of any: since the run began), in milliseconds
     * @param statementMs since the statement began, in milliseconds; null where that is not known
     * @param rows how many rows the statement has read in, or null where nobody counts
     * @param server how far it is by PostgreSQL's own account, or null
     * @param estimateMs how long the migration took the last time, in milliseconds; null where nobody knows
     * @param attempt 1, or more after retries
     * @param retries how often anything was tried again in this run
     * @param blockers who keeps it waiting
     */
    public record Current(
            Phase phase,
            @Nullable String detail,
            @Nullable String actor,
            Instant startedAt,
            long phaseMs,
            @Nullable String version,
            @Nullable String script,
            int step,
            int steps,
            long statement,
            long statements,
            int line,
            @Nullable String text,
            long elapsedMs,
            @Nullable Long statementMs,
            @Nullable Long rows,
            @Nullable ServerProgress server,
            @Nullable Long estimateMs,
            int attempt,
            int retries,
            List<Blocker> blockers) {

        /**
         * How far the current migration is, from 0 to 100: by PostgreSQL's own account for its statement, by the statements
         * that are done, and else by the time that it took before. Null where nothing tells.
         */
        public @Nullable Integer stepPercent() {
            Double part = stepPart();
            return part == null ? null : (int) Math.floor(part * 100);
        }

        /** The same for the whole run; null outside of any migration. */
        public @Nullable Integer runPercent() {
            if (step == 0 || steps == 0) {
                return null;
            }
            Double part = stepPart();
            return (int) Math.floor((step - 1 + (part == null ? 0 : part)) * 100 / steps);
        }

        private @Nullable Double stepPart() {
            Integer ofServer = server == null ? null : server.percent();
            if (statements > 1 || statements == 1 && ofServer != null) {
                double within = ofServer == null ? 0 : ofServer / 100.0;
                return Math.min(1, Math.max(0, (statement - 1 + within) / statements));
            }
            return estimateMs == null || estimateMs == 0 ? null : Math.min(0.99, (double) elapsedMs / estimateMs);
        }
    }
}
