package dev.migrator.spring.events;

import dev.migrator.run.MigratorException;
import dev.migrator.run.RunCancelledException;
import dev.migrator.run.RunEvent;

/** A run has ended badly, or was cancelled. */
public final class MigrationRunFailedEvent extends MigrationEvent {

    private static final long serialVersionUID = 1L;

    private final transient RunEvent.RunFailed event;

    MigrationRunFailedEvent(String migrator, RunEvent.RunFailed event) {
        super(migrator);
        this.event = event;
    }

    /** Why; its message says in which state the database is, and what to do next. */
    public MigratorException cause() {
        return event.cause();
    }

    /** Whether somebody has stopped it, so that nothing is wrong. */
    public boolean isCancelled() {
        return event.cause() instanceof RunCancelledException;
    }

    @Override
    public RunEvent.RunFailed event() {
        return event;
    }
}
