package dev.migrator.history;

import org.jspecify.annotations.Nullable;

/**
 * What was seen to before a run, so that there is a way back behind it.
 *
 * @param backup the backup's name, or null if none was taken
 * @param restorePoint the restore point's name in the write-ahead log, or null if there is none
 */
public record WayBack(@Nullable String backup, @Nullable String restorePoint) {

    /** Nothing was. */
    public static final WayBack NONE = new WayBack(null, null);
}
