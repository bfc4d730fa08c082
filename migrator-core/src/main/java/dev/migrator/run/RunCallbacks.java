package dev.migrator.run;

import dev.migrator.migration.CallbackEvent;
import dev.migrator.sql.Directives;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The callbacks around all migrations of a run: each by itself, ahead of the first and behind the last, or after a failure. */
final class RunCallbacks {

    private static final Logger LOG = LoggerFactory.getLogger(RunCallbacks.class);

    /** A run that has failed cannot be cancelled any more: what comes then must not keep its process from ending. */
    private static final Duration LIMIT_AFTER_ERROR = Duration.ofSeconds(30);

    private final Work work;
    private final Callbacks callbacks;
    private final StepRunner runner;

    RunCallbacks(Work work, Callbacks callbacks, StepRunner runner) {
        this.work = work;
        this.callbacks = callbacks;
        this.runner = runner;
    }

    /** Runs the steps, with the callbacks around them. */
    void around(Runnable steps) {
        try {
            run(CallbackEvent.BEFORE_MIGRATE);
            steps.run();
            run(CallbackEvent.AFTER_MIGRATE);
        } catch (RunCancelledException | DatabaseUnreachableException e) {
            throw e;
        } catch (MigratorException e) {
            afterError();
            throw e;
        }
    }

    private void run(CallbackEvent event) {
        for (PendingCallback callback : callbacks.of(event)) {
            CallbackScript script = new CallbackScript(work, callback, limits(callback));
            try {
                run(script, callback);
            } catch (StepFailure e) {
                throw new CallbackAftermath(work, callback, script.isOneTransaction(), runner.applied()).of(e);
            }
        }
    }

    private void run(CallbackScript script, PendingCallback callback) throws StepFailure {
        long start = System.nanoTime();
        script.run();
        Events events = work.events();
        events.tell(new RunEvent.CallbackFinished(
                events.runId(),
                Instant.now(),
                callback.name(),
                callback.event().word(),
                (System.nanoTime() - start) / 1_000_000));
    }

    /** What fails here is said, and hides nothing of what failed before. */
    private void afterError() {
        for (PendingCallback callback : callbacks.of(CallbackEvent.AFTER_MIGRATE_ERROR)) {
            if (!work.session().isOpen() || !work.holdsLock()) {
                LOG.warn("{} does not run, for the connection or the migration lock is lost", callback.name());
                return;
            }
            try {
                run(new CallbackScript(work, callback, limitsAfterError(callback)), callback);
            } catch (StepFailure e) {
                work.leaveScript();
                LOG.warn(
                        "{} failed too, after the failure that it was called for: {}",
                        callback.name(),
                        e.failure().describe());
            } catch (RuntimeException e) {
                LOG.warn("{} failed too, after the failure that it was called for", callback.name(), e);
            }
        }
    }

    private TimeLimits limits(PendingCallback callback) {
        return TimeLimits.of(work.options(), callback.outline().directives());
    }

    private TimeLimits limitsAfterError(PendingCallback callback) {
        Directives directives = callback.outline().directives();
        TimeLimits limits = TimeLimits.of(work.options(), directives);
        return limits.statementTimeout() == null ? new TimeLimits(limits.lockTimeout(), LIMIT_AFTER_ERROR) : limits;
    }
}
