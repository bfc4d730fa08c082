package dev.migrator.spring.observe;

import dev.migrator.run.MigrationListener;
import dev.migrator.run.MigrationReport;
import dev.migrator.run.RunCancelledException;
import dev.migrator.run.RunEvent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the runs of one migrator into their parts: the run, and in it the wait for the lock, the backup and the steps, one after
 * the other. What is told by other threads than the one that runs says nothing of these, and what belongs to no run (a backup by
 * hand, say) is left out.
 */
final class RunParts implements MigrationListener {

    private final String migrator;
    private final PartListener listener;
    private @Nullable Open run;
    private @Nullable Open inner;
    private boolean takesBack;
    private int attempts;

    RunParts(String migrator, PartListener listener) {
        this.migrator = migrator;
        this.listener = listener;
    }

    /** A part that has not ended. */
    private record Open(Part part, long since) {

        Duration duration() {
            return Duration.ofNanos(System.nanoTime() - since);
        }
    }

    @Override
    public void on(RunEvent event) {
        if (event instanceof RunEvent.StepProgress
                || event instanceof RunEvent.BackupProgress
                || event instanceof RunEvent.StepEstimated) {
            return;
        }
        if (event instanceof RunEvent.RunStarted) {
            run = begin(MigratorObservation.RUN, event);
            inner = null;
            return;
        }
        Open current = run;
        if (current != null && current.part().runId().equals(event.runId())) {
            inRun(event);
        }
    }

    private void inRun(RunEvent event) {
        if (event instanceof RunEvent.PhaseChanged changed) {
            enter(changed);
        } else if (event instanceof RunEvent.LockAcquired acquired) {
            if (inner == null) {
                inner = begin(MigratorObservation.LOCK, event);
            }
            endInner("success", null, Duration.ofMillis(acquired.waitedMs()));
        } else if (event instanceof RunEvent.BackupTaken) {
            endInner("success", null, null);
        } else if (event instanceof RunEvent.BackupSkipped) {
            endInner("skipped", null, null);
        } else if (event instanceof RunEvent.StepStarted) {
            takesBack = false;
            attempts = 1;
            inner = begin(MigratorObservation.STEP, event);
        } else if (event instanceof RunEvent.StepRetried) {
            attempts++;
            listener.retried();
        } else if (event instanceof RunEvent.StepFinished) {
            endInner("success", null, null);
        } else if (event instanceof RunEvent.StepRolledBack) {
            takesBack = true;
            endInner("success", null, null);
        } else if (event instanceof RunEvent.StepSkipped) {
            endInner("skipped", null, null);
        } else if (event instanceof RunEvent.StepFailed failed) {
            // why is told with the run's end
            takesBack = failed.failure().inRollback();
        } else if (event instanceof RunEvent.RunFinished finished) {
            endRun(outcome(finished.report()), null);
        } else if (event instanceof RunEvent.RollbackFinished finished) {
            endRun(finished.report().rolledBack().isEmpty() ? "nothing" : "success", null);
        } else if (event instanceof RunEvent.RunFailed failed) {
            boolean cancelled = failed.cause() instanceof RunCancelledException;
            endRun(cancelled ? "cancelled" : "failure", cancelled ? null : failed.cause());
        }
    }

    private static String outcome(MigrationReport report) {
        return report.applied().isEmpty() && report.skippedHere().isEmpty() ? "nothing" : "success";
    }

    /** The wait for the lock is told again and again, each time that its holder is looked up. */
    private void enter(RunEvent.PhaseChanged changed) {
        MigratorObservation type =
                switch (changed.phase()) {
                    case WAITING_FOR_LOCK -> MigratorObservation.LOCK;
                    case BACKING_UP -> MigratorObservation.BACKUP;
                    default -> null;
                };
        if (type != null && inner == null) {
            inner = begin(type, changed);
        }
    }

    private Open begin(MigratorObservation type, RunEvent event) {
        Part part =
                new Part(type, migrator, event.runId(), event instanceof RunEvent.StepStarted started ? started : null);
        listener.begins(part);
        return new Open(part, System.nanoTime());
    }

    private void endInner(String outcome, @Nullable Throwable error, @Nullable Duration duration) {
        Open open = inner;
        inner = null;
        if (open != null) {
            end(open, outcome, error, duration == null ? open.duration() : duration);
        }
    }

    private void endRun(String outcome, @Nullable Throwable error) {
        Open open = run;
        run = null;
        try {
            endInner(outcome, error, null);
        } finally {
            if (open != null) {
                end(open, outcome, error, open.duration());
            }
        }
    }

    private void end(Open open, String outcome, @Nullable Throwable error, Duration duration) {
        RunEvent.StepStarted step = open.part().step();
        listener.ended(open.part(), new PartEnd(step == null ? null : kind(step), outcome, error, duration, attempts));
    }

    private String kind(RunEvent.StepStarted step) {
        if (takesBack) {
            return "rollback";
        }
        if (step.statements() == 0 && !step.script().endsWith(".sql")) {
            return "java";
        }
        return step.version() == null ? "repeatable" : "versioned";
    }
}
