package dev.migrator.run;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a run tells while it goes on, in order, from the thread that runs (progress: from the observing thread). */
public sealed interface RunEvent {

    /** The run's id, which its history rows share. */
    UUID runId();

    /** When it happened, by this instance's clock. */
    Instant at();

    /**
     * A run has begun: nothing is known yet.
     *
     * @param actor the person who asked for it, or null where nobody did
     */
    record RunStarted(UUID runId, Instant at, @Nullable String actor) implements RunEvent {}

    /**
     * The run does something else from now on.
     *
     * @param detail who holds the lock, say; null where there is nothing to add
     */
    record PhaseChanged(
            UUID runId, Instant at, Phase phase, @Nullable String detail) implements RunEvent {}

    /**
     * This instance has the migration lock.
     *
     * @param waitedMs how long it waited, in milliseconds
     */
    record LockAcquired(UUID runId, Instant at, long waitedMs) implements RunEvent {}

    /**
     * The plan is made.
     *
     * @param steps how many migrations will run
     */
    record Planned(UUID runId, Instant at, int steps) implements RunEvent {}

    /**
     * A backup is being written.
     *
     * @param bytes how much of it is there
     * @param expectedBytes how much it can become at most, often far too high; 0 if nobody knows
     */
    record BackupProgress(UUID runId, Instant at, long bytes, long expectedBytes) implements RunEvent {}

    /**
     * A backup is complete.
     *
     * @param name a file's path, a snapshot's id
     * @param bytes how large it is, 0 where that is not known
     */
    record BackupTaken(UUID runId, Instant at, String name, long bytes, long durationMs) implements RunEvent {}

    /**
     * No backup is taken, and the run goes on without.
     *
     * @param reason why not, in one line
     * @param action what to do for having one
     */
    record BackupSkipped(UUID runId, Instant at, String reason, String action) implements RunEvent {}

    /**
     * A migration begins.
     *
     * @param step its number in this run, from 1
     * @param steps how many there are
     * @param version its version, or null for a repeatable
     * @param statements how many statements it has; 0 for a Java migration
     */
    record StepStarted(
            UUID runId,
            Instant at,
            int step,
            int steps,
            @Nullable String version,
            String description,
            String script,
            int statements)
            implements RunEvent {}

    /**
     * How far the current migration is.
     *
     * @param statement the statement that runs now, from 1; for a Java migration the units that it reported
     * @param statements how many there are, or 0 where that is not known
     * @param line the statement's first line in the script, or 0
     * @param text the statement's start, or null
     * @param statementMs for how long the statement has run, by the server's clock; null where that is not known
     * @param rows how many rows it has read in, where the server counts them (COPY); else null
     * @param server how far the command is by PostgreSQL's own account, or null where it gives none
     * @param blockers who keeps it waiting; empty when nobody does
     */
    record StepProgress(
            UUID runId,
            Instant at,
            String script,
            long statement,
            long statements,
            int line,
            @Nullable String text,
            @Nullable Long statementMs,
            @Nullable Long rows,
            @Nullable ServerProgress server,
            List<Blocker> blockers)
            implements RunEvent {

        /** How far it is where nobody has asked the server. */
        public StepProgress(
                UUID runId,
                Instant at,
                String script,
                long statement,
                long statements,
                int line,
                @Nullable String text,
                List<Blocker> blockers) {
            this(runId, at, script, statement, statements, line, text, null, null, null, blockers);
        }
    }

    /**
     * How long the current migration took the last time, told once it takes long.
     *
     * @param durationMs in milliseconds
     * @param source where: {@code this database}, or another schema of it
     */
    record StepEstimated(UUID runId, Instant at, String script, long durationMs, String source) implements RunEvent {}

    /**
     * A migration will be tried again.
     *
     * @param attempt the attempt that comes next, from 2
     * @param attempts how many there will be at most
     * @param delayMs how long the run waits before it, in milliseconds
     * @param reason why the last one failed
     * @param blockers who was last seen to keep it waiting, and what they do by now; empty where nobody was seen
     */
    record StepRetried(
            UUID runId,
            Instant at,
            String script,
            int attempt,
            int attempts,
            long delayMs,
            String reason,
            List<Blocker> blockers)
            implements RunEvent {

        /** In one line, with the blockers' queries. */
        public String describe() {
            String delay = String.format(Locale.ROOT, delayMs < 100 ? "%.2f s" : "%.1f s", delayMs / 1000.0);
            return script + ": attempt " + attempt + " of " + attempts + " in " + delay + " (" + reason + ")"
                    + (blockers.isEmpty() ? "" : "; waiting for " + Blocker.describe(blockers));
        }
    }

    /** A migration is applied and recorded. */
    record StepFinished(UUID runId, Instant at, @Nullable String version, String script, long durationMs)
            implements RunEvent {}

    /** A version is taken back, which is recorded, and pending again. */
    record StepRolledBack(UUID runId, Instant at, String version, String script, long durationMs) implements RunEvent {}

    /** A migration is not to run here, and recorded as skipped. */
    record StepSkipped(UUID runId, Instant at, @Nullable String version, String script, String reason)
            implements RunEvent {}

    /**
     * A callback has run to its end, and is committed.
     *
     * @param script the callback's script
     * @param callback the event that it is of, as {@code afterMigrate}
     * @param durationMs how long it took, in milliseconds; 0 if it ran in its migration's transaction, whose time it is part of
     */
    record CallbackFinished(UUID runId, Instant at, String script, String callback, long durationMs)
            implements RunEvent {}

    /** A migration failed. */
    record StepFailed(UUID runId, Instant at, Failure failure) implements RunEvent {}

    /** The run has ended well. */
    record RunFinished(UUID runId, Instant at, MigrationReport report) implements RunEvent {}

    /** A rollback has ended well. */
    record RollbackFinished(UUID runId, Instant at, RollbackReport report) implements RunEvent {}

    /** The run has ended badly. */
    record RunFailed(UUID runId, Instant at, MigratorException cause) implements RunEvent {}
}
