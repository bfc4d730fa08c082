package dev.migrator.spring.events;

import dev.migrator.run.MigrationListener;

/** Wants to be told what each migrator of the context does, and by which one. */
@FunctionalInterface
public interface ListenerPerMigrator {

    /**
     * Makes the listener of one migrator; called once for each, when its first event is told.
     *
     * @param migrator the name of its bean
     */
    MigrationListener listenTo(String migrator);
}
