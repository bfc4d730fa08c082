package dev.migrator.run;

import dev.migrator.history.HistoryEntry;
import dev.migrator.plan.Step;
import dev.migrator.sql.IndexStatement;
import dev.migrator.sql.Kind;
import dev.migrator.sql.Segment;
import dev.migrator.sql.Statement;
import java.io.IOException;
import java.sql.SQLException;
import java.util.function.IntConsumer;

/**
 * Statements that run each by itself, outside of any transaction, each followed by its checkpoint. What the server refuses
 * in a transaction runs without time limits: CREATE INDEX CONCURRENTLY waits for old transactions, blocks nobody meanwhile,
 * and would leave an invalid index behind if a limit ended it.
 */
final class StatementSegment {

    private final Work work;
    private final Failures failures;
    private final HistoryEntry entry;

    StatementSegment(Work work, Failures failures, HistoryEntry entry) {
        this.work = work;
        this.failures = failures;
        this.entry = entry;
    }

    /**
     * Runs the segment's statements; the cursor stands before the first that is not done yet.
     *
     * @param step which says whether an earlier run may have got as far as one of them
     * @param done is told the number of each statement behind which there is a checkpoint
     */
    void run(Segment segment, ScriptCursor cursor, Step step, IntConsumer done) throws StepFailure, IOException {
        for (Statement statement = cursor.next(); statement != null; statement = cursor.next()) {
            run(statement, cursor, step.resumes() != null && statement.number() == step.statementsDone() + 1);
            checkpoint(statement.number(), cursor.checksum());
            done.accept(statement.number());
            if (statement.number() == segment.last()) {
                return;
            }
        }
    }

    private void run(Statement statement, ScriptCursor cursor, boolean outcomeHidden) throws StepFailure {
        if (statement.kind() == Kind.COPY_FROM_STDIN) {
            requireLock();
            Copy.run(work, failures, entry, statement, cursor.reader());
        } else if (statement.kind() == Kind.OUTSIDE_TRANSACTION) {
            runWithoutLimits(statement, outcomeHidden);
        } else if (mayCommit(statement)) {
            requireLock();
            sendInParts(statement);
        } else {
            new Attempts(work, entry.script()).of(() -> {
                requireLock();
                send(statement);
            });
        }
    }

    private void runWithoutLimits(Statement statement, boolean outcomeHidden) throws StepFailure {
        Outbox outbox = outbox();
        TimeLimits.lift().forEach(limit -> outbox.add("The time limits could not be lifted", limit));
        outbox.flush();
        requireLock();
        runOutside(statement, outcomeHidden);
        TimeLimits.restore().forEach(limit -> outbox.add("The time limits could not be set again", limit));
        outbox.flush();
    }

    private void runOutside(Statement statement, boolean outcomeHidden) throws StepFailure {
        IndexStatement index = IndexStatement.parse(statement.text());
        if (index == null) {
            send(statement);
        } else {
            new ConcurrentIndex(work, failures, statement, index).run(outcomeHidden, () -> send(statement));
        }
    }

    private void sendInParts(Statement statement) throws StepFailure {
        try {
            send(statement);
        } catch (StepFailure e) {
            throw e.leavingPart();
        }
    }

    /** What commits in its middle must not be tried again as a whole. */
    private static boolean mayCommit(Statement statement) {
        String text = statement.text();
        return text.regionMatches(true, 0, "call", 0, 4) || text.regionMatches(true, 0, "do", 0, 2);
    }

    private void requireLock() throws StepFailure {
        Outbox outbox = outbox();
        work.lock().outside().forEach(outbox::add);
        outbox.flush();
    }

    private void send(Statement statement) throws StepFailure {
        Outbox outbox = outbox();
        outbox.add(statement);
        outbox.flush();
    }

    private Outbox outbox() {
        return new Outbox(work, failures, entry.script(), entry.statementsTotal());
    }

    private void checkpoint(int statement, String checksum) throws StepFailure {
        try {
            work.recordRunning(entry, work.history().checkpoint(entry, statement, checksum));
        } catch (SQLException e) {
            throw failures.of(
                    "The checkpoint behind statement " + statement + ", which is done, could not be written", e);
        }
    }
}
