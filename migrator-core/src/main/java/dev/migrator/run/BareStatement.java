package dev.migrator.run;

import dev.migrator.history.HistoryRow;
import dev.migrator.postgres.Traces;
import dev.migrator.sql.Effect;
import dev.migrator.sql.Statement;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A statement that runs outside of any transaction, and so apart from its checkpoint: when an instance dies between the two,
 * the catalog is asked what became of it. What statements of several transactions leave half done is led to its end.
 */
final class BareStatement {

    private static final Logger LOG = LoggerFactory.getLogger(BareStatement.class);

    private final Work work;
    private final Failures failures;
    private final Statement statement;
    private final Effect effect;
    private final Traces traces;

    BareStatement(Work work, Failures failures, Statement statement) {
        this.work = work;
        this.failures = failures;
        this.statement = statement;
        this.effect = Effect.of(statement.text());
        this.traces = new Traces(work.session().connection());
    }

    /** Sends the statement. */
    interface Send {

        void send() throws StepFailure;
    }

    /**
     * Refuses a statement of which nobody can tell whether an earlier run has executed it.
     *
     * @param row of that run
     * @param checksum of the script up to this statement, by which a mended script shows
     */
    void requireTellable(HistoryRow row, String checksum) throws StepFailure {
        String begun = row.begunChecksum();
        String why = null;
        if (begun != null && !begun.equals(checksum)) {
            why = "the script has been changed since: what ran then may have been another statement.";
        } else if (effect instanceof Effect.Unknown) {
            why = "the server cannot tell whether, or how far, the statement was done.";
        }
        if (why != null) {
            throw failures.of(
                            statement,
                            new SQLException("An earlier run ended before it knew what became of statement "
                                    + row.begun() + (row.instance() == null ? "" : " (" + row.instance() + ")")
                                    + ", and " + why))
                    .hidingOutcome();
        }
    }

    /**
     * Runs the statement, unless an attempt whose outcome a crash hid has done so.
     *
     * @param outcomeHidden whether an earlier run may have executed just this statement
     */
    void run(boolean outcomeHidden, Send statementItself) throws StepFailure {
        try {
            if (effect instanceof Effect.IndexBuilt built) {
                new ConcurrentIndex(work, failures, statement, built.index()).run(outcomeHidden, statementItself);
            } else if (effect instanceof Effect.Reindexed reindexed) {
                new ConcurrentReindex(work, failures, statement, traces, reindexed).run(statementItself);
            } else if (effect instanceof Effect.PartitionDetached detached) {
                detach(detached, outcomeHidden, statementItself);
            } else if (outcomeHidden && isDone()) {
                say("is done: an earlier run has executed it before its instance died");
            } else {
                if (outcomeHidden) {
                    say(
                            "is executed again: the instance of an earlier run died before it was done, or a second time does"
                                    + " no harm");
                }
                statementItself.send();
            }
        } catch (SQLException e) {
            throw failures.of("The catalog could not be looked at", e);
        }
    }

    private boolean isDone() throws SQLException {
        if (effect instanceof Effect.IndexDropped dropped) {
            return !traces.exists(dropped.index());
        }
        if (effect instanceof Effect.Created created) {
            return traces.exists(created.sort(), created.name());
        }
        return effect instanceof Effect.Dropped dropped && !traces.exists(dropped.sort(), dropped.name());
    }

    private void detach(Effect.PartitionDetached detached, boolean outcomeHidden, Send statementItself)
            throws SQLException, StepFailure {
        Traces.Attachment attachment = traces.attachment(detached);
        if (attachment == Traces.Attachment.PENDING) {
            say("was begun by an earlier attempt: it is brought to its end with FINALIZE");
            Outbox outbox = Outbox.forTheSakeOf(statement, work, failures);
            outbox.add(
                    "The partition " + detached.partition() + ", whose detaching was begun, could not be detached",
                    "ALTER TABLE " + detached.table() + " DETACH PARTITION " + detached.partition() + " FINALIZE");
            outbox.flush();
        } else if (attachment == Traces.Attachment.NONE && outcomeHidden) {
            say("is done: the partition is detached");
        } else {
            statementItself.send();
        }
    }

    private void say(String found) {
        LOG.info("Statement {} (line {}) {}", statement.number(), statement.line(), found);
    }
}
