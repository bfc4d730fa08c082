package dev.migrator.spring.events;

import dev.migrator.run.RunEvent;

/** A migration is applied ({@link RunEvent.StepFinished}), taken back ({@link RunEvent.StepRolledBack}), or recorded as not to
 * run here ({@link RunEvent.StepSkipped}). */
public final class MigrationStepFinishedEvent extends MigrationEvent {

    private static final long serialVersionUID = 1L;

    private final transient RunEvent event;

    MigrationStepFinishedEvent(String migrator, RunEvent event) {
        super(migrator);
        this.event = event;
    }

    @Override
    public RunEvent event() {
        return event;
    }
}
