package dev.migrator.run;

import dev.migrator.migration.CallbackEvent;
import dev.migrator.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The callbacks around one migration: in its transaction, so that what they set counts there and what they refuse is undone as a
 * whole; or, where it is no single transaction, each in one of its own, in the migration's session.
 */
final class EachCallbacks {

    private final Work work;
    private final Failures failures;
    private final TimeLimits limits;
    private final List<PendingCallback> before;
    private final List<PendingCallback> after;

    /**
     * Around one migration.
     *
     * @param failures the migration's
     */
    EachCallbacks(Work work, Callbacks callbacks, Failures failures, TimeLimits limits) {
        this.work = work;
        this.failures = failures;
        this.limits = limits;
        this.before = callbacks.of(CallbackEvent.BEFORE_EACH_MIGRATE);
        this.after = callbacks.of(CallbackEvent.AFTER_EACH_MIGRATE);
    }

    /** Adds those ahead of the migration to its transaction. */
    void before(Outbox outbox) throws StepFailure {
        fill(before, outbox);
    }

    /** Adds those behind it. */
    void after(Outbox outbox) throws StepFailure {
        fill(after, outbox);
    }

    private void fill(List<PendingCallback> callbacks, Outbox outbox) throws StepFailure {
        for (PendingCallback callback : callbacks) {
            CallbackScript.fill(work, failures.inCallback(callback), callback, outbox, statement -> {});
        }
    }

    /** Says, once the transaction is committed, that they have run in it. */
    void tell() {
        before.forEach(callback -> tell(callback, 0));
        after.forEach(callback -> tell(callback, 0));
    }

    private void tell(PendingCallback callback, long durationMs) {
        Events events = work.events();
        events.tell(new RunEvent.CallbackFinished(
                events.runId(), Instant.now(), callback.name(), callback.event().word(), durationMs));
    }

    /**
     * Runs those ahead of a migration that is no single transaction.
     *
     * @param sent is told each of their statements, once for each attempt
     */
    void runBefore(Consumer<Statement> sent) throws StepFailure {
        for (PendingCallback callback : before) {
            run(callback, List.of(), sent);
        }
    }

    /**
     * Runs those behind it.
     *
     * @param settings what has been set for the migration, where nothing lasts
     */
    void runBehind(List<String> settings) throws StepFailure {
        for (PendingCallback callback : after) {
            run(callback, settings, statement -> {});
        }
    }

    private void run(PendingCallback callback, List<String> settings, Consumer<Statement> sent) throws StepFailure {
        ScriptSession session = work.scriptSession();
        List<String> preparation = new ArrayList<>(session.isOwn() ? limits.local() : session.segment(limits));
        preparation.add(work.sessionName(callback.name()).local());
        preparation.addAll(settings);
        Failures inCallback = failures.inCallback(callback);
        long start = System.nanoTime();
        new TransactionSegment(work, inCallback, callback.name(), callback.statements(), List.of(), preparation)
                .run(
                        null,
                        false,
                        CallbackScript.body(outbox -> CallbackScript.fill(work, inCallback, callback, outbox, sent)));
        tell(callback, (System.nanoTime() - start) / 1_000_000);
    }
}
