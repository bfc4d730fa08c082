package dev.migrator.run;

import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/** Tries something again that met a lock, a deadlock or a serialization failure, with growing pauses and jitter. */
final class Attempts {

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
        for (int number = 1; ; number++) {
            try {
                attempt.run();
                return;
            } catch (StepFailure e) {
                work.rollback();
                if (!e.isTransient() || e.partStays() || number >= retry.maxAttempts()) {
                    throw e;
                }
                pause(retry.delayMs(number), number + 1, e);
            }
        }
    }

    private void pause(long delayMs, int nextAttempt, StepFailure reason) throws StepFailure {
        long jittered = delayMs / 2 + ThreadLocalRandom.current().nextLong(delayMs / 2 + 1);
        Events events = work.events();
        events.tell(new RunEvent.StepRetried(
                events.runId(),
                Instant.now(),
                script,
                nextAttempt,
                jittered,
                reason.failure().summary()));
        try {
            work.cancellation().pause(jittered);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw reason;
        }
    }
}
