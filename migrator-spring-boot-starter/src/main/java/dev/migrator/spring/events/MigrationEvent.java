package dev.migrator.spring.events;

import dev.migrator.run.RunEvent;
import org.springframework.context.ApplicationEvent;

/**
 * Something that a run of the migrations did, told to the application's context. Its source is the name of the migrator's
 * bean. It is published on the thread that migrates, which waits for synchronous listeners.
 */
public abstract sealed class MigrationEvent extends ApplicationEvent
        permits MigrationRunStartedEvent,
                MigrationStepFinishedEvent,
                MigrationRunFinishedEvent,
                MigrationRunFailedEvent {

    private static final long serialVersionUID = 1L;

    private final String migrator;

    MigrationEvent(String migrator) {
        super(migrator);
        this.migrator = migrator;
    }

    /** The name of the migrator's bean. */
    public final String migrator() {
        return migrator;
    }

    /** What the migrator told. */
    public abstract RunEvent event();
}
