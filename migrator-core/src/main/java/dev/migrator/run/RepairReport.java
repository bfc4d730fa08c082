package dev.migrator.run;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a repair has recorded.
 *
 * @param runId the id of its history row
 * @param version the migration's version, or null for a repeatable
 * @param migrationState {@code applied}, or {@code interrupted} where the next run goes on
 * @param statementsDone behind which statement the next run goes on
 * @param statements how many there are; 0 for a Java migration
 * @param rollback whether it is a rollback that was settled: where it is recorded as applied, the version is pending again
 * @param duration how long it took
 */
public record RepairReport(
        UUID runId,
        @Nullable String version,
        String script,
        String migrationState,
        int statementsDone,
        int statements,
        boolean rollback,
        Duration duration) {

    /** In one line. */
    public String summary() {
        if (migrationState.equals("applied")) {
            return script + " is recorded as applied"
                    + (rollback ? ": version " + version + " is rolled back, and pending again." : ".");
        }
        return script + " is recorded as done up to "
                + (statementsDone == 0 ? "its beginning" : "statement " + statementsDone + " of " + statements)
                + (rollback ? "; the next rollback goes on there." : "; the next run goes on there.");
    }
}
