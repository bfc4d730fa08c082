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
 * @param run its beginning
 * @param since when the current migration began; outside of any, when the run did
 * @param phase the newest change of phase, or null before the first
 * @param step the current migration, or null outside of any
 * @param progress how far it is, or null where nothing was said of it yet
 * @param estimate how long it took before, or null where nobody knows
 * @param retry why it is tried again, or null at its first attempt
 * @param retries how often anything was tried again in this run
 */
record RunActivity(
        RunEvent.RunStarted run,
        Instant since,
        RunEvent.@Nullable PhaseChanged phase,
        RunEvent.@Nullable StepStarted step,
        RunEvent.@Nullable StepProgress progress,
        RunEvent.@Nullable StepEstimated estimate,
        RunEvent.@Nullable StepRetried retry,
        int retries) {

    static RunActivity begun(RunEvent.RunStarted run) {
        return new RunActivity(run, run.at(), null, null, null, null, null, 0);
    }

    /** An observer may be late, and tell of a run that has ended. */
    RunActivity after(RunEvent event) {
        return event.runId().equals(run.runId()) ? afterOwn(event) : this;
    }

    private RunActivity afterOwn(RunEvent event) {
        if (event instanceof RunEvent.PhaseChanged changed) {
            return inPhase(changed);
        }
        if (event instanceof RunEvent.BackupProgress backup) {
            return inPhase(new RunEvent.PhaseChanged(
                    backup.runId(), phaseSince(), Phase.BACKING_UP, ByteCount.text(backup.bytes()) + " written"));
        }
        if (event instanceof RunEvent.StepStarted started) {
            return new RunActivity(run, started.at(), phase, started, null, null, null, retries);
        }
        if (event instanceof RunEvent.StepProgress told) {
            return isCurrent(told.script())
                    ? new RunActivity(run, since, phase, step, told, estimate, retry, retries)
                    : this;
        }
        if (event instanceof RunEvent.StepEstimated estimated) {
            return isCurrent(estimated.script())
                    ? new RunActivity(run, since, phase, step, progress, estimated, retry, retries)
                    : this;
        }
        if (event instanceof RunEvent.StepRetried retried) {
            return new RunActivity(run, since, phase, step, null, estimate, retried, retries + 1);
        }
        if (event instanceof RunEvent.StepFinished
                || event instanceof RunEvent.StepRolledBack
                || event instanceof RunEvent.StepSkipped
                || event instanceof RunEvent.StepFailed) {
            // what comes may be a callback of the whole run
            return new RunActivity(run, run.at(), phase, null, null, null, null, retries);
        }
        return this;
    }

    private RunActivity inPhase(RunEvent.PhaseChanged changed) {
        return new RunActivity(run, run.at(), changed, null, null, null, null, retries);
    }

    private boolean isCurrent(String script) {
        RunEvent.StepStarted inStep = step;
        // outside of any migration it is a callback's
        return inStep == null || inStep.script().equals(script);
    }

    private Instant phaseSince() {
        RunEvent.PhaseChanged inPhase = phase;
        return inPhase == null ? run.at() : inPhase.at();
    }

    Current current(Instant now) {
        RunEvent.PhaseChanged inPhase = phase;
        RunEvent.StepStarted inStep = step;
        RunEvent.StepProgress told = progress;
        RunEvent.StepRetried retried = retry;
        long statements =
                told != null && told.statements() > 0 ? told.statements() : inStep != null ? inStep.statements() : 0;
        return new Current(
                inPhase == null ? Phase.CONNECTING : inPhase.phase(),
                retried != null ? retried.reason() : inPhase == null ? null : inPhase.detail(),
                run.actor(),
                run.at(),
                between(phaseSince(), now),
                inStep == null ? null : inStep.version(),
                inStep != null ? inStep.script() : told == null ? null : told.script(),
                inStep == null ? 0 : inStep.step(),
                inStep == null ? 0 : inStep.steps(),
                told != null ? told.statement() : Math.min(statements, 1),
                statements,
                told == null ? 0 : told.line(),
                told == null ? null : told.text(),
                between(since, now),
                told == null ? null : statementMs(told, now),
                told == null ? null : told.rows(),
                told == null ? null : told.server(),
                estimate == null ? null : estimate.durationMs(),
                retried == null ? 1 : retried.attempt(),
                retries,
                told != null ? told.blockers() : retried != null ? retried.blockers() : List.of());
    }

    /** It has gone on since somebody looked. */
    private static @Nullable Long statementMs(RunEvent.StepProgress told, Instant now) {
        Long then = told.statementMs();
        return then == null ? null : then + between(told.at(), now);
    }

    /** A clock may be set back. */
    private static long between(Instant then, Instant now) {
        return Math.max(0, Duration.between(then, now).toMillis());
    }
}
