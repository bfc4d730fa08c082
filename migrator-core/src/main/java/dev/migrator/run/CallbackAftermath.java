package dev.migrator.run;

import dev.migrator.migration.CallbackEvent;
import dev.migrator.run.MigrationReport.Applied;
import java.util.List;

/** What a callback of the whole run that did not come to its end has left, in words. */
final class CallbackAftermath {

    private final Work work;
    private final PendingCallback callback;
    private final boolean oneTransaction;
    private final List<Applied> applied;

    /**
     * Of one callback.
     *
     * @param oneTransaction whether it was one transaction
     * @param applied what the run had applied before
     */
    CallbackAftermath(Work work, PendingCallback callback, boolean oneTransaction, List<Applied> applied) {
        this.work = work;
        this.callback = callback;
        this.oneTransaction = oneTransaction;
        this.applied = applied;
    }

    /** Makes of the failure what the user gets to see. */
    MigratorException of(StepFailure e) {
        work.beginToTidyUp();
        work.cancellation().end();
        boolean cancelled = work.cancellation().isRequested() && (e.isCancelled() || e.isConnectionLost());
        String where = e.failure().where();
        if (e.isConnectionLost()) {
            work.session().close();
            String state = "whether " + callback.name() + " was committed could not be seen. " + migrations();
            return cancelled
                    ? new RunCancelledException(
                            "The run was cancelled" + byWhom() + " while " + where
                                    + " ran, and its connection was lost by then.",
                            state,
                            next(Cancellation.ACTION),
                            e)
                    : new DatabaseUnreachableException(
                            "The connection was lost while " + where + " ran: "
                                    + e.failure().message(),
                            state + work.safetyNet().state(),
                            next(Database.START_AGAIN) + work.safetyNet().action(),
                            e);
        }
        work.leaveScript();
        String state = left() + " " + migrations() + work.safetyNet().state();
        if (cancelled) {
            return new RunCancelledException(
                    "The run was cancelled" + byWhom() + " while " + where + " ran.",
                    state,
                    next(Cancellation.ACTION),
                    e);
        }
        return new MigrationFailedException(
                e.failure(), oneTransaction, state, action(e) + work.safetyNet().action(), e);
    }

    private String byWhom() {
        return work.cancellation().byWhom();
    }

    private String left() {
        return oneTransaction
                ? "the server rolled " + callback.name() + " back as a whole."
                : callback.name() + " is no single transaction: what it had committed until then stays.";
    }

    private boolean isBehind() {
        return callback.event() == CallbackEvent.AFTER_MIGRATE;
    }

    private String migrations() {
        if (!isBehind()) {
            return "No migration was run.";
        }
        return applied.size() == 1
                ? "The migration of this run is applied, and stays."
                : "All " + applied.size() + " migrations of this run are applied, and stay.";
    }

    private String action(StepFailure e) {
        if (e.isTransient()) {
            return next("Nothing need be wrong with the callback: others held what it needs. See who does (the log, or"
                    + " pg_blocking_pids), and start again when they have finished; or let it try longer, with"
                    + " migrator.lock-timeout and migrator.retry.max-attempts.");
        }
        return next(
                isBehind() ? "Correct the callback." : "Correct the callback and start again; the run begins with it.");
    }

    /** A run that finds nothing to do runs no callback. */
    private String next(String action) {
        return isBehind()
                ? action + " The next start does not run " + callback.name()
                        + " unless there are new migrations: run by hand what it does, or put that into a repeatable migration."
                : action;
    }
}
