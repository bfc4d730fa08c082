package dev.migrator.backup;

import org.jspecify.annotations.Nullable;

/**
 * A backup that is complete.
 *
 * @param name by which it is found again: a file's absolute path, a snapshot's id; it stands in the history
 * @param bytes how large it is, 0 where that is not known
 * @param restoreCommand how to restore it, in one line, or null where nobody can say
 */
public record TakenBackup(String name, long bytes, @Nullable String restoreCommand) {}
