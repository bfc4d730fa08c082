package dev.migrator.run;

import dev.migrator.history.HistoryEntry;
import dev.migrator.history.HistoryRow;
import dev.migrator.postgres.Pipeline;
import dev.migrator.sql.Kind;
import dev.migrator.sql.Segment;
import dev.migrator.sql.Statement;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.CancellationException;
import java.util.function.IntConsumer;

/**
 * Statements that run each by itself. One that can run in a transaction does so together with its checkpoint, so that it
 * runs exactly once; psql's autocommit means the same. The others run outside of any, between a mark in the history and
 * their checkpoint. What the server refuses in a transaction by its sort runs without time limits: CREATE INDEX CONCURRENTLY
 * waits for old transactions, blocks nobody meanwhile, and would leave an invalid index behind if a limit ended it.
 */
final class StatementSegment {

    private final Work work;
    private final Failures failures;
    private final HistoryEntry entry;
    private final ScriptCursor cursor;
    private final boolean refused;

    /**
     * Makes what runs such segments of one script.
     *
     * @param refused whether the server has refused a transaction for all of their statements already
     */
    StatementSegment(Work work, Failures failures, HistoryEntry entry, ScriptCursor cursor, boolean refused) {
        this.work = work;
        this.failures = failures;
        this.entry = entry;
        this.cursor = cursor;
        this.refused = refused;
    }

    /**
     * Runs the segment's statements; the cursor stands before the first that is not done yet.
     *
     * @param done is told the number of each statement behind which there is a checkpoint
     */
    void run(Segment segment, IntConsumer done) throws StepFailure, IOException {
        for (Statement statement = cursor.next(); statement != null; statement = cursor.next()) {
            run(statement);
            done.accept(statement.number());
            if (statement.number() == segment.last()) {
                return;
            }
        }
    }

    private void run(Statement statement) throws StepFailure {
        if (refused || statement.kind() == Kind.OUTSIDE_TRANSACTION) {
            runBare(statement, false);
            return;
        }
        try {
            new SingleStatement(work, failures, entry, cursor, statement).run();
        } catch (StepFailure e) {
            if (!Refusal.isOfTransaction(e.failure())) {
                throw e;
            }
            runBare(statement, false);
        }
    }

    /** Refuses a statement of which nobody can tell whether an earlier run has executed it. */
    void requireTellable(Statement hidden, HistoryRow row) throws StepFailure {
        new BareStatement(work, failures, hidden).requireTellable(row, cursor.checksum());
    }

    /** Settles a statement that an earlier run had begun, and whose outcome nobody recorded. */
    void settle(Statement hidden) throws StepFailure {
        runBare(hidden, true);
    }

    private void runBare(Statement statement, boolean outcomeHidden) throws StepFailure {
        try {
            work.recordRunning(entry, work.history().begun(entry, statement.number(), cursor.checksum()));
        } catch (SQLException e) {
            throw failures.of("The beginning of statement " + statement.number() + " could not be recorded", e);
        }
        boolean unlimited = statement.kind() == Kind.OUTSIDE_TRANSACTION;
        try {
            if (unlimited) {
                liftLimits();
            }
            sendMarked(statement, outcomeHidden);
        } catch (StepFailure e) {
            // what an earlier run left hidden stays so, unless the server has said something of the statement itself
            boolean hidden =
                    e.isConnectionLost() || outcomeHidden && e.failure().statement() == 0;
            throw hidden ? e.leavingOutcomeToNextStart() : e;
        }
        // at once: nothing that could fail, or be cancelled, comes between
        checkpoint(statement.number());
        if (unlimited) {
            restoreLimits();
        }
    }

    private void sendMarked(Statement statement, boolean outcomeHidden) throws StepFailure {
        if (statement.kind() == Kind.OUTSIDE_TRANSACTION) {
            requireLock();
            send(statement, outcomeHidden);
        } else if (mayCommit(statement)) {
            requireLock();
            sendInParts(statement, outcomeHidden);
        } else {
            new Attempts(work, entry.script()).of(() -> {
                requireLock();
                send(statement, outcomeHidden);
            });
        }
    }

    private void liftLimits() throws StepFailure {
        Outbox outbox = outbox();
        outbox.addAll("The time limits could not be lifted", TimeLimits.lift());
        outbox.flush();
    }

    private void restoreLimits() throws StepFailure {
        Outbox outbox = outbox();
        outbox.addAll("The time limits could not be set again", TimeLimits.restore());
        outbox.flush();
    }

    private void sendInParts(Statement statement, boolean outcomeHidden) throws StepFailure {
        try {
            send(statement, outcomeHidden);
        } catch (StepFailure e) {
            throw e.getCause() instanceof CancellationException ? e : e.leavingPart();
        }
    }

    /** What commits in its middle must not be tried again as a whole. */
    static boolean mayCommit(Statement statement) {
        String text = statement.text();
        return text.regionMatches(true, 0, "call", 0, 4) || text.regionMatches(true, 0, "do", 0, 2);
    }

    private void requireLock() throws StepFailure {
        Outbox outbox = outbox();
        String purpose = "The migration lock could not be looked at";
        outbox.add(purpose, Pipeline.BEGIN);
        outbox.addAll(purpose, work.scriptSession().ownRole());
        work.lock().outside().forEach(outbox::add);
        outbox.add(purpose, "COMMIT");
        outbox.flush();
    }

    private void send(Statement statement, boolean outcomeHidden) throws StepFailure {
        new BareStatement(work, failures, statement).run(outcomeHidden, () -> {
            Outbox outbox = outbox();
            outbox.add(statement);
            outbox.flush();
        });
    }

    private Outbox outbox() {
        return new Outbox(work, failures, entry.script(), entry.statementsTotal());
    }

    private void checkpoint(int statement) throws StepFailure {
        try {
            work.recordRunning(entry, work.history().checkpoint(entry, statement, cursor.checksum()));
        } catch (SQLException e) {
            throw failures.behind(
                            statement,
                            "The checkpoint behind statement " + statement + ", which is done, could not be written",
                            e)
                    .leavingOutcomeToNextStart();
        }
    }
}
