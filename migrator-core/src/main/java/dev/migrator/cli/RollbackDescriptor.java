package dev.migrator.cli;

import dev.migrator.run.ExitCode;
import dev.migrator.run.RollbackReport;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A rollback that was done, as JSON.
 *
 * @param state {@code succeeded}
 * @param backup the backup that was taken before, or null
 */
record RollbackDescriptor(
        String state,
        int exitCode,
        UUID runId,
        List<RolledBack> rolledBack,
        @Nullable String backup,
        List<String> notes,
        long durationMs) {

    /** One version. */
    record RolledBack(String version, String description, String script, long durationMs) {}

    static RollbackDescriptor of(RollbackReport report) {
        return new RollbackDescriptor(
                "succeeded",
                ExitCode.DONE.value(),
                report.runId(),
                report.rolledBack().stream()
                        .map(each -> new RolledBack(
                                each.version(),
                                each.description(),
                                each.script(),
                                each.duration().toMillis()))
                        .toList(),
                report.backup(),
                report.notes(),
                report.duration().toMillis());
    }
}
