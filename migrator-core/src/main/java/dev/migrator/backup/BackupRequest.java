package dev.migrator.backup;

import java.time.Instant;
import java.util.UUID;

/**
 * What a backup is wanted for.
 *
 * @param database the database's name
 * @param occasion a word or two that fit a file's name: {@code before-12}, {@code before-rollback-of-12}, {@code by-hand}
 * @param runId the run's id in the history
 * @param at the moment for its name
 */
public record BackupRequest(String database, String occasion, UUID runId, Instant at) {}
