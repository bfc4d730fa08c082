package dev.migrator.cli;

import dev.migrator.run.ExitCode;
import dev.migrator.run.RestoreReport;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A restore that was done, as JSON.
 *
 * @param state {@code succeeded}
 * @param version the highest version that is applied now, or null without a history
 * @param keptAs what the database as it was before is called now, or null if it was dropped
 * @param dropSql the statement that drops that one
 * @param wayBackSql the statements that put it back into its place
 */
record RestoreDescriptor(
        String state,
        int exitCode,
        UUID runId,
        String file,
        Instant createdAt,
        String database,
        @Nullable String version,
        @Nullable String keptAs,
        @Nullable String dropSql,
        List<String> wayBackSql,
        List<String> warnings,
        long durationMs) {

    static RestoreDescriptor of(RestoreReport report) {
        return new RestoreDescriptor(
                "succeeded",
                ExitCode.DONE.value(),
                report.runId(),
                report.file().toString(),
                report.createdAt(),
                report.database(),
                report.version(),
                report.keptAs(),
                report.dropSql(),
                report.wayBackSql(),
                report.warnings(),
                report.duration().toMillis());
    }
}
