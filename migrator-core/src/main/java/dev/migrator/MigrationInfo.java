package dev.migrator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One migration as it stands now: what is found here and what the history says of it.
 *
 * @param version its version as its name has it, or null for a repeatable
 * @param kind {@code versioned}, {@code repeatable}, {@code baseline}, …
 * @param script the script's path in its location, or the class's name
 * @param checksum the checksum, or null where it has none
 * @param state {@code pending}, {@code running}, {@code applied}, {@code failed}, {@code interrupted} or {@code skipped}
 * @param installedBy the database role that ran it, or null while it is pending
 * @param instance host, process id and application of the instance that ran it, or null
 * @param startedAt when it was started, by the database's clock, or null
 * @param durationMs how long it took, in milliseconds, or null
 * @param error why it failed, or null
 * @param reason why it was skipped, or null
 */
public record MigrationInfo(
        @Nullable String version,
        String description,
        String kind,
        String script,
        @Nullable String checksum,
        String state,
        @Nullable String installedBy,
        @Nullable String instance,
        @Nullable Instant startedAt,
        @Nullable Long durationMs,
        @Nullable String error,
        @Nullable String reason) {}
