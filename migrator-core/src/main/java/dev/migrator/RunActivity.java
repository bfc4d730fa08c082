package dev.migrator;

import dev.migrator.MigratorStatus.Current;
import dev.migrator.backup.ByteCount;
import dev.migrator.run.Phase;
import dev.migrator.run.RunEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a run is: the newest events that say something about it.
 *
 * @param since when the current migration began; outside of any, when the run did
 * @param phase the newest change of phase, or null before the first
 * @param step the current migration, or null outside of any
 * @param progress how far it is, or null where nothing was said of it yet
 * @param retry why it is tried again, or null at its first attempt
 */
record RunActivity(
        Instant since,
        RunEvent.@Nullable PhaseChanged phase,
        RunEvent.@Nullable StepStarted step,
        RunEvent.@Nullable StepProgress progress,
        RunEvent.@Nullable StepRetried retry) {

    static RunActivity begun(Instant at) {
        return new RunActivity(at, null, null, null, null);
    }

    RunActivity after(RunEvent event) {
        if (event instanceof RunEvent.PhaseChanged changed) {
            return new RunActivity(since, changed, null, null, null);
        }
        if (event instanceof RunEvent.BackupProgress backup) {
            RunEvent.PhaseChanged backingUp = new RunEvent.PhaseChanged(
                    backup.runId(), backup.at(), Phase.BACKING_UP, ByteCount.text(backup.bytes()) + " written");
            return new RunActivity(since, backingUp, null, null, null);
        }
        if (event instanceof RunEvent.StepStarted started) {
            return new RunActivity(started.at(), phase, started, null, null);
        }
        if (event instanceof RunEvent.StepProgress told) {
            RunEvent.StepStarted inStep = step;
            boolean current = inStep != null && inStep.script().equals(told.script());
            return current ? new RunActivity(since, phase, step, told, retry) : this;
        }
        if (event instanceof RunEvent.StepRetried retried) {
            return new RunActivity(since, phase, step, null, retried);
        }
        return this;
    }

    Current current(Instant now) {
        RunEvent.PhaseChanged inPhase = phase;
        RunEvent.StepStarted inStep = step;
        RunEvent.StepProgress told = progress;
        RunEvent.StepRetried retried = retry;
        long statements = told != null ? told.statements() : inStep != null ? inStep.statements() : 0;
        return new Current(
                inPhase == null ? Phase.CONNECTING : inPhase.phase(),
                retried != null ? retried.reason() : inPhase == null ? null : inPhase.detail(),
                inStep == null ? null : inStep.version(),
                inStep == null ? null : inStep.script(),
                inStep == null ? 0 : inStep.step(),
                inStep == null ? 0 : inStep.steps(),
                told != null ? told.statement() : Math.min(statements, 1),
                statements,
                told == null ? 0 : told.line(),
                told == null ? null : told.text(),
                Duration.between(since, now).toMillis(),
                retried == null ? 1 : retried.attempt(),
                told != null ? told.blockers() : retried != null ? retried.blockers() : List.of());
    }
}
