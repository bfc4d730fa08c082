package dev.migrator.spring.observe;

import dev.migrator.run.MigrationListener;
import dev.migrator.spring.events.ListenerPerMigrator;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;

/** Observes runs, so that a trace shows them: each with its lock, backup and steps inside. */
public final class MigratorObservations implements ListenerPerMigrator {

    private final ObjectProvider<ObservationRegistry> registry;

    /**
     * @param registry asked with the first run, for what it needs may not be there before
     */
    public MigratorObservations(ObjectProvider<ObservationRegistry> registry) {
        this.registry = registry;
    }

    @Override
    public MigrationListener listenTo(String migrator) {
        return new RunParts(migrator, new ObservedParts(registry.getIfAvailable(() -> ObservationRegistry.NOOP)));
    }
}
