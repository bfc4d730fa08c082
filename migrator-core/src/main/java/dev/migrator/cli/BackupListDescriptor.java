package dev.migrator.cli;

import dev.migrator.backup.BackupFile;
import dev.migrator.run.ExitCode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * The dumps that there are, as JSON.
 *
 * @param state {@code succeeded}
 * @param backups the newest first
 */
record BackupListDescriptor(String state, int exitCode, List<Entry> backups) {

    /** One dump. */
    record Entry(String path, String occasion, Instant at, long bytes, String format) {}

    static BackupListDescriptor of(List<BackupFile> files) {
        return new BackupListDescriptor(
                "succeeded",
                ExitCode.DONE.value(),
                files.stream()
                        .map(file -> new Entry(
                                file.path().toString(),
                                file.occasion(),
                                file.at(),
                                file.bytes(),
                                file.format().name().toLowerCase(Locale.ROOT)))
                        .toList());
    }
}
