package dev.migrator.cli;

import dev.migrator.run.ExitCode;
import dev.migrator.run.MigrationReport;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a run did, as JSON.
 *
 * @param state {@code succeeded}
 * @param durationMs how long it took in all, in milliseconds
 */
record ReportDescriptor(
        String state,
        int exitCode,
        UUID runId,
        int found,
        List<Applied> applied,
        int skipped,
        List<String> notes,
        long durationMs) {

    /**
     * One migration that was applied.
     *
     * @param durationMs how long it took, in milliseconds
     */
    record Applied(@Nullable String version, String description, String script, long durationMs) {}

    static ReportDescriptor of(MigrationReport report) {
        return new ReportDescriptor(
                "succeeded",
                ExitCode.DONE.value(),
                report.runId(),
                report.found(),
                report.applied().stream()
                        .map(one -> new Applied(
                                one.version(),
                                one.description(),
                                one.script(),
                                one.duration().toMillis()))
                        .toList(),
                report.skipped(),
                report.notes(),
                report.duration().toMillis());
    }
}
