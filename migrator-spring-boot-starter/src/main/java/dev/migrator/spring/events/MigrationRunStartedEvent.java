package dev.migrator.spring.events;

import dev.migrator.run.RunEvent;

/** A run has begun; whether anything is pending is not known yet. */
public final class MigrationRunStartedEvent extends MigrationEvent {

    private static final long serialVersionUID = 1L;

    private final transient RunEvent.RunStarted event;

    MigrationRunStartedEvent(String migrator, RunEvent.RunStarted event) {
        super(migrator);
        this.event = event;
    }

    @Override
    public RunEvent.RunStarted event() {
        return event;
    }
}
