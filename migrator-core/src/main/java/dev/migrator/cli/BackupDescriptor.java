package dev.migrator.cli;

import dev.migrator.run.BackupReport;
import dev.migrator.run.ExitCode;
import org.jspecify.annotations.Nullable;

/**
 * A backup that was taken, as JSON.
 *
 * @param state {@code succeeded}
 * @param name a file's path, a snapshot's id
 */
record BackupDescriptor(
        String state,
        int exitCode,
        String name,
        long bytes,
        @Nullable String restoreCommand,
        long durationMs) {

    static BackupDescriptor of(BackupReport report) {
        return new BackupDescriptor(
                "succeeded",
                ExitCode.DONE.value(),
                report.name(),
                report.bytes(),
                report.restoreCommand(),
                report.duration().toMillis());
    }
}
