package dev.migrator.run;

import dev.migrator.history.HistoryEntry;
import dev.migrator.history.Kind;
import dev.migrator.history.Sights;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a step that did not come to its end has left: in the history, and in words. */
final class Aftermath {

    /** Said again, {@code rollback} and {@code rollback --count 3} mean others. */
    static final String ROLL_BACK_THE_REST =
            "See by the status which versions are still applied, and roll back those that are"
                    + " to go, best with rollback --to; one that was begun goes on where it stopped.";

    static final String WHEN_REACHED = "When the server can be reached: " + ROLL_BACK_THE_REST;

    private static final Logger LOG = LoggerFactory.getLogger(Aftermath.class);

    private final Database database;
    private final Work work;
    private final Events events;
    private final HistoryEntry entry;
    private final boolean oneTransaction;
    private final Remains remains;
    private final String before;
    private Sights sights = new Sights(1, List.of(), List.of());

    /**
     * Of one step.
     *
     * @param oneTransaction whether all of it, the history row included, was one transaction
     * @param done up to which statement it is known to be done
     * @param before what the run has done before it, in words
     */
    Aftermath(Database database, Work work, HistoryEntry entry, boolean oneTransaction, int done, String before) {
        this.database = database;
        this.work = work;
        this.events = work.events();
        this.entry = entry;
        this.oneTransaction = oneTransaction;
        this.remains = new Remains(work.history(), entry, done);
        this.before = before;
    }

    /**
     * Records the failure, tells it, and makes of it what the user gets to see.
     *
     * @param start when the step began, as {@code System.nanoTime()} gives it
     */
    MigratorException of(StepFailure e, long start) {
        sights = work.progress().sights();
        work.beginToTidyUp();
        work.cancellation().end();
        if (e.isConnectionLost()) {
            return lost(e);
        }
        long durationMs = (System.nanoTime() - start) / 1_000_000;
        work.leaveScript();
        Connection connection = work.session().connection();
        if (isCancelled(e)) {
            return cancelled(e);
        }
        events.tell(new RunEvent.StepFailed(events.runId(), Instant.now(), e.failure()));
        if (oneTransaction && remains.areAll(connection)) {
            return new MigrationFailedException(
                    e.failure(),
                    false,
                    "the server had no error: " + entry.script() + " is committed" + remains.recorded() + before,
                    takesBack() ? ROLL_BACK_THE_REST : "Start again; the run goes on behind it.",
                    e);
        }
        String state = oneTransaction ? ofTransaction(e) : remains(e, connection) + part(e);
        record(
                oneTransaction
                        ? work.history().failed(entry, durationMs, e.failure().summary())
                        : work.history()
                                .stopped(
                                        entry,
                                        e.failure().summary(),
                                        e.failure().statement() > 0 && !e.isOutcomeHidden()));
        SafetyNet net = work.safetyNet();
        boolean leftNothing = oneTransaction && !e.partStays();
        return new MigrationFailedException(
                e.failure(), leftNothing, state + before + net.state(), action(e) + net.action(), e);
    }

    /** A migration's own code may have made anything of the error that its cancelled statement got. */
    private boolean isCancelled(StepFailure e) {
        return work.cancellation().isRequested() && (e.isCancelled() || entry.statementsTotal() == 0);
    }

    /** The server says of a cancelled statement that it is not done: that is known, other than after a crash. */
    private MigratorException cancelled(StepFailure e) {
        Connection connection = work.session().connection();
        String state;
        if (oneTransaction && remains.areAll(connection)) {
            state = entry.script() + " had been committed by then" + remains.recorded();
        } else if (oneTransaction) {
            state = ofTransaction(e);
        } else {
            state = remains(e, connection) + (e.partStays() ? cancelledPart(e) : part(e));
            record(work.history()
                    .interrupted(entry, !isKnown(e), work.cancellation().byWhom()));
        }
        return new RunCancelledException(
                "The run was cancelled" + work.cancellation().byWhom() + " while " + where(e.failure()) + " ran.",
                state + before + work.safetyNet().state(),
                e.partStays() && !oneTransaction && e.failure().statement() > 0
                        ? Repair.waysOut(entry.script(), e.failure().statement(), takesBack())
                        : takesBack() ? ROLL_BACK_THE_REST : Cancellation.ACTION,
                e);
    }

    /** Of a migration in Java nobody counts the statements. */
    private String remains(StepFailure e, Connection connection) {
        return e.isAheadOfStep() && entry.statementsTotal() == 0
                ? "nothing of " + entry.script() + " was run."
                : remains.describe(connection);
    }

    /** Whether the server has said that the statement is not done, or it was not sent. */
    private static boolean isKnown(StepFailure e) {
        return !e.partStays()
                && !e.isOutcomeHidden()
                && (e.failure().statement() > 0 || e.getCause() instanceof CancellationException);
    }

    private static String cancelledPart(StepFailure e) {
        return e.failure().statement() == 0
                ? ""
                : " Statement " + e.failure().statement() + " may have committed a part of its work before it was"
                        + " cancelled; the server cannot tell how far it came.";
    }

    private static String where(Failure failure) {
        String where = failure.where();
        return failure.statement() == 0
                ? where
                : where + " (statement " + failure.statement() + " of " + failure.statements() + ")";
    }

    private String ofTransaction(StepFailure e) {
        return e.partStays()
                ? entry.script() + " has committed its transaction by itself: what it had done until then stays."
                : "the server rolled " + entry.script() + " back as a whole"
                        + (takesBack() ? ": version " + entry.version() + " is still applied." : ".");
    }

    /** What to do when the server can be reached again. */
    static String whenReached(boolean takesBack) {
        return takesBack ? WHEN_REACHED : Database.START_AGAIN;
    }

    private boolean takesBack() {
        return entry.kind() == Kind.ROLLBACK;
    }

    private String what(StepFailure e) {
        return e.isOfCallback() ? "callback" : takesBack() ? "rollback" : "migration";
    }

    private String again() {
        return takesBack() ? "roll back again" : "start again";
    }

    private String action(StepFailure e) {
        if (e.isOutcomeHidden() && !e.isLeftToNextStart()) {
            return Repair.waysOut(entry.script(), e.failure().statement(), takesBack());
        }
        if (e.isTransient() && !e.partStays()) {
            return "Nothing need be wrong with the " + what(e) + ": others held what it needs" + holders()
                    + ", and " + again() + " when they have finished"
                    + (oneTransaction ? "" : " (the run goes on behind the last statement that is done)")
                    + "; or let it try longer, with migrator.lock-timeout and migrator.retry.max-attempts.";
        }
        if (e.lacksResources()) {
            return "Nothing need be wrong with the " + what(e)
                    + ": the server lacks what it needs, such as room on its disk (see"
                    + " its message). See to that and " + again() + "; "
                    + (oneTransaction && !e.partStays() || entry.statementsTotal() == 0
                            ? "it will be run from its beginning."
                            : "the run goes on behind the last statement that is done.");
        }
        if (e.isOfCallback()) {
            return "Correct " + e.failure().callback() + " and " + again() + "; " + entry.script()
                    + (oneTransaction || entry.statementsTotal() == 0
                            ? " will be run from its beginning."
                            : " goes on behind its last statement that is done.");
        }
        if (oneTransaction && !e.partStays()) {
            return "Correct the " + (entry.statementsTotal() == 0 ? "migration" : "script") + " and " + again()
                    + "; it will be run from its beginning.";
        }
        return entry.statementsTotal() == 0
                ? "Correct the migration, see to what it has left, and " + again()
                        + "; it will be run from its beginning."
                : "Correct what failed and " + again() + "; the run goes on behind the last statement that is done. A"
                        + " script may be mended behind that statement, not before.";
    }

    /** Without their queries, which not everybody is to see who sees the failure. */
    private String holders() {
        List<Blocker> blockers = work.progress().blockers(Attempts.LOOK_MS);
        return blockers.isEmpty()
                ? ". See who holds it (the log, or pg_blocking_pids)"
                : ", at last " + blockers.stream().map(Blocker::describe).collect(Collectors.joining("; "))
                        + ". See what they do (pg_stat_activity)";
    }

    /**
     * Writes the failure into the history; only the holder of the lock may, for another instance may have applied the same
     * version by now, and the newest row speaks.
     */
    private void record(String statement) {
        if (!work.holdsLock()) {
            LOG.warn("The failure of {} is not recorded, for the migration lock is no longer held", entry.script());
            return;
        }
        try {
            work.record(statement);
            work.keep(entry, sights);
        } catch (SQLException e) {
            LOG.warn("The failure of {} could not be recorded in the history", entry.script(), e);
        }
    }

    private String part(StepFailure e) {
        if (e.isAheadOfStep()) {
            return "";
        }
        if (e.isOutcomeHidden() && e.failure().statement() > 0) {
            return " But statement " + e.failure().statement() + " may be done, in whole or in part"
                    + (e.isLeftToNextStart()
                            ? ": the next " + (takesBack() ? "rollback" : "start")
                                    + " looks, and stops where the server cannot tell."
                            : "; it was not run again.");
        }
        return e.partStays() && e.failure().statement() > 0
                ? " Statement " + e.failure().statement() + " may have committed a part of its work before it failed:"
                        + " that stays too, and the statement will be run again from its beginning."
                : "";
    }

    /** A connection that is lost at COMMIT leaves its outcome in doubt: the history row is asked, over a new connection. */
    private MigratorException lost(StepFailure e) {
        // a pool may have one connection only
        work.session().close();
        if (work.cancellation().isRequested()) {
            return new RunCancelledException(
                    "The run was cancelled" + work.cancellation().byWhom() + " while " + where(e.failure())
                            + " ran, and its connection was lost by then.",
                    outcome(e),
                    takesBack() ? ROLL_BACK_THE_REST : Cancellation.ACTION,
                    e);
        }
        events.tell(new RunEvent.StepFailed(events.runId(), Instant.now(), e.failure()));
        return new DatabaseUnreachableException(
                "The connection was lost while " + e.failure().where() + " ran: "
                        + e.failure().message(),
                outcome(e) + work.safetyNet().state(),
                whenReached(takesBack()) + work.safetyNet().action(),
                e);
    }

    /** What the server says, over another connection, has become of it; in words, with what stood before it. */
    private String outcome(StepFailure e) {
        return new LostSession(database, work.lock()).outcome(oneTransaction, remains)
                + part(e)
                + before
                + unlessCrashed();
    }

    /** What was committed without being waited for: only a server that goes on is sure to write it to its disk. */
    private String unlessCrashed() {
        return work.lateCommits().areTold()
                ? " If the server has crashed, or a standby has taken its place, the last of what this run has done may be"
                        + " undone: the history says it."
                : "";
    }
}
