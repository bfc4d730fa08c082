package dev.migrator.cli;

import dev.migrator.run.ExitCode;
import dev.migrator.run.MigrationReport;
import java.util.UUID;

/**
 * A baseline that was recorded, as JSON.
 *
 * @param state {@code succeeded}
 * @param version the version that the schema now stands at
 */
record BaselineDescriptor(String state, int exitCode, UUID runId, String version, long durationMs) {

    static BaselineDescriptor of(MigrationReport report, String version) {
        return new BaselineDescriptor(
                "succeeded",
                ExitCode.DONE.value(),
                report.runId(),
                version,
                report.duration().toMillis());
    }
}
