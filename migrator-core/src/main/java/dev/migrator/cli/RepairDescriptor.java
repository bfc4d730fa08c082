package dev.migrator.cli;

import dev.migrator.run.ExitCode;
import dev.migrator.run.RepairReport;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A repair that was recorded, as JSON.
 *
 * @param state {@code succeeded}
 * @param migrationState {@code applied}, or {@code interrupted} where the next run goes on
 * @param statementsDone behind which statement the next run goes on
 */
record RepairDescriptor(
        String state,
        int exitCode,
        UUID runId,
        @Nullable String version,
        String script,
        String migrationState,
        int statementsDone,
        int statements,
        boolean rollback,
        long durationMs) {

    static RepairDescriptor of(RepairReport report) {
        return new RepairDescriptor(
                "succeeded",
                ExitCode.DONE.value(),
                report.runId(),
                report.version(),
                report.script(),
                report.migrationState(),
                report.statementsDone(),
                report.statements(),
                report.rollback(),
                report.duration().toMillis());
    }
}
