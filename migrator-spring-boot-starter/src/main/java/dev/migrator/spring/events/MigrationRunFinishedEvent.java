package dev.migrator.spring.events;

import dev.migrator.run.RunEvent;

/** A run has ended well, also where nothing was pending ({@link RunEvent.RunFinished}); or a rollback has
 * ({@link RunEvent.RollbackFinished}). */
public final class MigrationRunFinishedEvent extends MigrationEvent {

    private static final long serialVersionUID = 1L;

    private final transient RunEvent event;

    MigrationRunFinishedEvent(String migrator, RunEvent event) {
        super(migrator);
        this.event = event;
    }

    @Override
    public RunEvent event() {
        return event;
    }
}
