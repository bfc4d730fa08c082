package dev.migrator.backup;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a restore would find.
 *
 * @param contents what the dump holds, or null if it cannot be read
 * @param connections who is connected to the database, besides us
 * @param keptAs what the database will be called that is replaced
 * @param leftovers databases that earlier restores left behind when they were killed, and that will be dropped
 * @param problems everything that keeps it from being done; empty if nothing does
 */
public record RestoreOutlook(
        @Nullable DumpContents contents,
        List<OtherConnection> connections,
        String keptAs,
        List<String> leftovers,
        List<String> problems) {}
