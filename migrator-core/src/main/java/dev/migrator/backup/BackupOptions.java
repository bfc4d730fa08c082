package dev.migrator.backup;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How backups are taken and kept.
 *
 * @param mode whether one is taken before something runs
 * @param directory where dumps are put; made if it is missing
 * @param format the dumps' form
 * @param jobs how many jobs write a dump in directory format
 * @param maxSize up to how many bytes a database is backed up in mode {@code AUTO}
 * @param keep how many of a database's dumps are kept at least; 0 for all
 * @param keepFor how long a dump beyond those is kept, or null for no longer than it is one of them
 * @param programs the folder of {@code pg_dump} and {@code pg_restore}, or null to look for them
 */
public record BackupOptions(
        BackupMode mode,
        Path directory,
        BackupFormat format,
        int jobs,
        long maxSize,
        int keep,
        @Nullable Duration keepFor,
        @Nullable Path programs) {

    /** What counts where nothing else was said. */
    public static final BackupOptions DEFAULT = new BackupOptions(
            BackupMode.AUTO, Path.of("migration-backups"), BackupFormat.CUSTOM, 2, 1L << 30, 5, null, null);

    public BackupOptions {
        if (jobs < 1) {
            throw new IllegalArgumentException(
                    "A backup (migrator.backup.jobs) takes one job at least, not " + jobs + ".");
        }
        if (keep < 0) {
            throw new IllegalArgumentException(
                    "The number of backups to keep (migrator.backup.keep) is " + keep + "; it cannot be negative.");
        }
    }

    /** The same with another mode. */
    public BackupOptions mode(BackupMode other) {
        return new BackupOptions(other, directory, format, jobs, maxSize, keep, keepFor, programs);
    }

    /** The same with another folder. */
    public BackupOptions directory(Path other) {
        return new BackupOptions(mode, other, format, jobs, maxSize, keep, keepFor, programs);
    }
}
