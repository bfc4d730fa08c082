package dev.migrator.run;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Another session that keeps a migration waiting.
 *
 * @param pid its backend's process id
 * @param application its {@code application_name}, empty where it gave none
 * @param state its state as {@code pg_stat_activity} says it ({@code active}, {@code idle in transaction}, …), or null
 * @param age how long its transaction has been open, or null where that may not be seen
 * @param query its current or last query, or null where that may not be seen
 */
public record Blocker(
        int pid,
        String application,
        @Nullable String state,
        @Nullable Duration age,
        @Nullable String query) {}
