package dev.migrator.run;

import dev.migrator.history.HistoryEntry;

/** Records a migration that is not to run here, with the reason, as a row like any other. */
final class SkipStep {

    private final Work work;
    private final PendingStep pending;
    private final HistoryEntry entry;

    SkipStep(Work work, PendingStep pending) {
        this.work = work;
        this.pending = pending;
        this.entry = work.entry(pending.step(), 0);
    }

    HistoryEntry entry() {
        return entry;
    }

    void run(String reason) throws StepFailure {
        Failures failures = new Failures(pending.step(), 0);
        work.progress().begins(work.options().lockTimeout());
        new TransactionSegment(
                        work,
                        failures,
                        entry.script(),
                        0,
                        work.scriptSession().fresh(),
                        work.scriptSession().transaction(TimeLimits.of(work.options(), null)))
                .run(null, false, new TransactionSegment.Body() {
                    @Override
                    public void fill(Outbox outbox) {
                        // nothing of it runs
                    }

                    @Override
                    public void record(Outbox outbox) {
                        outbox.add(
                                "The history could not be written",
                                work.history().skipped(entry, reason));
                    }
                });
    }
}
