package dev.migrator.run;

import dev.migrator.postgres.ServerError;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Tries something again that met a lock, a deadlock or a serialization failure, with growing pauses and jitter. */
final class Attempts {

    /** How long a look at the blockers may delay a run. */
    static final long LOOK_MS = 200;

    private final Work work;
    private final String script;

    Attempts(Work work, String script) {
        this.work = work;
        this.script = script;
    }

    /** Something that leaves no trace when it fails. */
    interface Attempt {

        void run() throws StepFailure;
    }

    void of(Attempt attempt) throws StepFailure {
        RunOptions.Retry retry = work.options().retry();
        boolean cancelled = false;
        for (int number = 1; ; number++) {
            work.progress().attempt(number);
            try {
                attempt.run();
                return;
            } catch (StepFailure e) {
                work.rollback();
                if (!e.isTransient() || e.partStays() || number >= retry.maxAttempts()) {
                    throw e;
                }
                if (cancelled) {
                    throw e;
                }
                // one more, for what is to be recorded may be done already
                cancelled = work.cancellation().mustStop();
                pause(retry.delayMs(number), number + 1, e);
            }
        }
    }

    /** Something in the history that leaves no trace when it fails. */
    interface HistoryAttempt {

        void run() throws SQLException;
    }

    void ofHistory(HistoryAttempt attempt) throws SQLException {
        try {
            of(() -> {
                try {
                    attempt.run();
                } catch (SQLException e) {
                    throw Failures.ofHistory(script, e);
                }
            });
        } catch (StepFailure e) {
            SQLException cause = e.getCause() instanceof SQLException sql ? sql : new SQLException(e);
            throw e.isTransient() && work.cancellation().mustStop()
                    ? new SQLException(
                            "the run was cancelled while it waited to write the history: " + e.getMessage(),
                            ServerError.QUERY_CANCELED,
                            cause)
                    : cause;
        }
    }

    private void pause(long delayMs, int nextAttempt, StepFailure reason) throws StepFailure {
        long jittered = delayMs / 2 + ThreadLocalRandom.current().nextLong(delayMs / 2 + 1);
        List<Blocker> blockers = work.progress().blockers(Math.min(jittered, LOOK_MS));
        Events events = work.events();
        events.tell(new RunEvent.StepRetried(
                events.runId(),
                Instant.now(),
                script,
                nextAttempt,
                work.options().retry().maxAttempts(),
                jittered,
                reason.failure().summary(),
                blockers));
        try {
            work.cancellation().pause(jittered);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw reason;
        }
    }
}
