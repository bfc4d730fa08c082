package dev.migrator.cli;

import dev.migrator.run.ExitCode;
import dev.migrator.run.VerifyReport;
import java.time.Instant;
import java.util.List;

/**
 * A trial of a dump, as JSON.
 *
 * @param state {@code succeeded}
 * @param changes how the database differs from it by now
 */
record VerifyDescriptor(
        String state,
        int exitCode,
        String file,
        Instant createdAt,
        String database,
        int tables,
        long rows,
        List<String> remarks,
        List<String> changes,
        long durationMs) {

    static VerifyDescriptor of(VerifyReport report) {
        return new VerifyDescriptor(
                "succeeded",
                ExitCode.DONE.value(),
                report.file().toString(),
                report.createdAt(),
                report.database(),
                report.tables(),
                report.rows(),
                report.remarks(),
                report.changes(),
                report.duration().toMillis());
    }
}
