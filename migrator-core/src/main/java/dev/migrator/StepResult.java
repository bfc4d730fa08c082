package dev.migrator;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the current run has made of a migration, until the history is read again.
 *
 * @param durationMs null while it runs
 * @param error why it failed, or null
 * @param reason why it was skipped, or null
 */
record StepResult(
        UUID runId,
        String state,
        Instant startedAt,
        @Nullable Long durationMs,
        @Nullable String error,
        @Nullable String reason) {}
