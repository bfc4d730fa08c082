package dev.migrator.spring.events;

import dev.migrator.run.MigrationListener;
import dev.migrator.run.RunEvent;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;

/** Publishes what a run does to the application's context. */
public final class ApplicationEvents implements ListenerPerMigrator {

    private final ApplicationEventPublisher publisher;

    public ApplicationEvents(ApplicationEventPublisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public MigrationListener listenTo(String migrator) {
        return event -> {
            MigrationEvent published = of(migrator, event);
            if (published != null) {
                publisher.publishEvent(published);
            }
        };
    }

    private static @Nullable MigrationEvent of(String migrator, RunEvent event) {
        if (event instanceof RunEvent.RunStarted started) {
            return new MigrationRunStartedEvent(migrator, started);
        }
        // what every start tells comes first: to ask for another event loads its class
        if (event instanceof RunEvent.PhaseChanged) {
            return null;
        }
        if (event instanceof RunEvent.RunFinished || event instanceof RunEvent.RollbackFinished) {
            return new MigrationRunFinishedEvent(migrator, event);
        }
        if (event instanceof RunEvent.StepFinished
                || event instanceof RunEvent.StepRolledBack
                || event instanceof RunEvent.StepSkipped) {
            return new MigrationStepFinishedEvent(migrator, event);
        }
        return event instanceof RunEvent.RunFailed failed ? new MigrationRunFailedEvent(migrator, failed) : null;
    }
}
