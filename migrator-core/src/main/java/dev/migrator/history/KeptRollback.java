package dev.migrator.history;

import org.jspecify.annotations.Nullable;

/**
 * What takes a migration back, as it was when that was applied.
 *
 * @param script its path in its location
 * @param checksum of its text
 * @param text the text itself, or null if it is not kept
 * @param conf what stood about it in a file beside it, in that file's form, or null for nothing
 */
public record KeptRollback(
        String script,
        String checksum,
        @Nullable String text,
        @Nullable String conf) {}
