package dev.migrator;

import dev.migrator.run.RunEvent;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What the current run has made of its migrations, by their scripts, as the events say it. */
final class StepResults {

    private final Map<String, StepResult> results = new ConcurrentHashMap<>();

    Map<String, StepResult> byScript() {
        return results;
    }

    @Nullable
    StepResult of(String script) {
        return results.get(script);
    }

    /** The run was cancelled: what it was at is pending still. */
    void forgetRunning() {
        results.values().removeIf(result -> result.state().equals("running"));
    }

    void remember(RunEvent event) {
        if (event instanceof RunEvent.StepStarted started) {
            results.put(started.script(), new StepResult(started.runId(), "running", started.at(), null, null, null));
        } else if (event instanceof RunEvent.StepFinished finished) {
            results.computeIfPresent(
                    finished.script(),
                    (script, before) -> new StepResult(
                            before.runId(), "applied", before.startedAt(), finished.durationMs(), null, null));
        } else if (event instanceof RunEvent.StepRolledBack taken) {
            results.remove(taken.script());
        } else if (event instanceof RunEvent.StepSkipped skipped) {
            results.computeIfPresent(
                    skipped.script(),
                    (script, before) ->
                            new StepResult(before.runId(), "skipped", before.startedAt(), 0L, null, skipped.reason()));
        } else if (event instanceof RunEvent.StepFailed failed) {
            results.computeIfPresent(
                    failed.failure().script(),
                    (script, before) -> new StepResult(
                            before.runId(),
                            "failed",
                            before.startedAt(),
                            null,
                            failed.failure().summary(),
                            null));
        }
    }
}
