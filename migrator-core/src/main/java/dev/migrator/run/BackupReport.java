package dev.migrator.run;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A backup that was taken.
 *
 * @param name a file's absolute path, a snapshot's id
 * @param bytes how large it is, 0 where that is not known
 * @param restoreCommand how to restore it, in one line, or null where nobody can say
 */
public record BackupReport(
        String name, long bytes, @Nullable String restoreCommand, Duration duration) {}
