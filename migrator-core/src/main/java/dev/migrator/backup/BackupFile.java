package dev.migrator.backup;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A complete dump in the folder of backups.
 *
 * @param path of the file, or of the folder of a dump in directory format
 * @param occasion what it was taken for, as {@code before-12}
 * @param at when, to the second
 * @param bytes its size
 */
public record BackupFile(Path path, String occasion, Instant at, long bytes, BackupFormat format) {}
