package dev.migrator.history;

import dev.migrator.migration.Version;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One row: one time that something was run.
 *
 * @param id the order
 * @param version null for a repeatable, and for what concerns no migration (a restore)
 * @param checksum of the text that ran, or null
 * @param statementsDone the checkpoint: how many statements are done and committed
 * @param statementsTotal how many there were
 * @param doneChecksum the checksum of the text up to the checkpoint, or null
 * @param startedAt by the database's clock
 * @param durationMs null while it runs, and where it was never known
 * @param installedBy the database role
 * @param instance host, process id and application of the instance
 * @param error why it failed, or null
 * @param reason why it was skipped, or null
 * @param begun the statement outside of a transaction that was begun last, or 0
 * @param begunChecksum the checksum of the text up to and with that statement, or null
 * @param runId what those share that were run together
 * @param actor the person who asked for the run, or null where nobody did
 * @param backup the backup that was taken before it, or null
 * @param observed what was seen while it ran, or null where nothing took long
 */
public record HistoryRow(
        long id,
        @Nullable Version version,
        String description,
        String script,
        Kind kind,
        @Nullable String checksum,
        State state,
        int statementsDone,
        int statementsTotal,
        @Nullable String doneChecksum,
        Instant startedAt,
        @Nullable Long durationMs,
        String installedBy,
        @Nullable String instance,
        @Nullable String error,
        @Nullable String reason,
        int begun,
        @Nullable String begunChecksum,
        String runId,
        @Nullable String actor,
        @Nullable String backup,
        @Nullable Sights observed) {

    /**
     * Whether nobody recorded what became of the statement behind the checkpoint, which had been begun outside of a
     * transaction.
     */
    public boolean hidesOutcome() {
        return begun == statementsDone + 1;
    }

    /**
     * Whether something of it is in the database, or may be, though it did not come to its end. Of one in Java that was cut off
     * nobody knows, for it has no statements that could be counted.
     */
    public boolean leftSomething() {
        return statementsDone > 0 || hidesOutcome() || statementsTotal == 0 && state != State.FAILED;
    }

    /** Where it has stopped: {@code after statement 2 of 5}, or {@code during} one whose outcome nobody recorded. */
    public String stopped() {
        return hidesOutcome()
                ? "during statement " + begun + " of " + statementsTotal
                : "after statement " + statementsDone + " of " + statementsTotal;
    }

    /** A row of something that was not skipped, that began nothing outside of a transaction, and took no time worth telling. */
    public HistoryRow(
            long id,
            @Nullable Version version,
            String description,
            String script,
            Kind kind,
            @Nullable String checksum,
            State state,
            int statementsDone,
            int statementsTotal,
            @Nullable String doneChecksum,
            Instant startedAt,
            @Nullable Long durationMs,
            String installedBy,
            @Nullable String instance,
            @Nullable String error,
            String runId) {
        this(
                id,
                version,
                description,
                script,
                kind,
                checksum,
                state,
                statementsDone,
                statementsTotal,
                doneChecksum,
                startedAt,
                durationMs,
                installedBy,
                instance,
                error,
                null,
                0,
                null,
                runId,
                null,
                null,
                null);
    }
}
