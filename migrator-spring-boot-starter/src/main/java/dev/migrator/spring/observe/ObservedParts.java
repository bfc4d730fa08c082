package dev.migrator.spring.observe;

import dev.migrator.run.RunEvent;
import dev.migrator.spring.observe.MigratorObservation.HighKey;
import dev.migrator.spring.observe.MigratorObservation.LowKey;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Makes an observation of each part. Its scope is open meanwhile, so that what is logged and asked belongs to it. */
final class ObservedParts implements PartListener {

    private final ObservationRegistry registry;
    private final Deque<Open> open = new ArrayDeque<>();

    ObservedParts(ObservationRegistry registry) {
        this.registry = registry;
    }

    /**
     * @param before the scope that was open before this one, or null
     */
    private record Open(Observation observation, Observation.Scope scope, Observation.@Nullable Scope before) {}

    @Override
    public void begins(Part part) {
        Observation observation = part.type()
                .observation(registry)
                .lowCardinalityKeyValue(LowKey.MIGRATOR.withValue(part.migrator()))
                .highCardinalityKeyValue(HighKey.RUN_ID.withValue(part.runId().toString()));
        RunEvent.StepStarted step = part.step();
        if (step != null) {
            observation.highCardinalityKeyValue(HighKey.SCRIPT.withValue(step.script()));
            observation.highCardinalityKeyValue(HighKey.STATEMENTS.withValue(Integer.toString(step.statements())));
            if (step.version() != null) {
                observation.highCardinalityKeyValue(HighKey.VERSION.withValue(step.version()));
            }
        }
        observation.start();
        Observation.Scope before = registry.getCurrentObservationScope();
        open.push(new Open(observation, observation.openScope(), before));
    }

    @Override
    public void ended(Part part, PartEnd end) {
        Open ending = open.poll();
        if (ending == null) {
            return;
        }
        Observation observation = ending.observation();
        observation.lowCardinalityKeyValue(LowKey.OUTCOME.withValue(end.outcome()));
        if (end.kind() != null) {
            observation.lowCardinalityKeyValue(LowKey.KIND.withValue(end.kind()));
            observation.highCardinalityKeyValue(HighKey.ATTEMPTS.withValue(Integer.toString(end.attempts())));
        }
        if (end.error() != null) {
            observation.error(end.error());
        }
        // a handler that throws must leave nothing open: this thread does other things later
        try {
            ending.scope().close();
        } finally {
            registry.setCurrentObservationScope(ending.before());
            observation.stop();
        }
    }
}
