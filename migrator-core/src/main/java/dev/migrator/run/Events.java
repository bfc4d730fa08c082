package dev.migrator.run;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells one run's events to its listeners, whose failures are their own. */
final class Events {

    private static final Logger LOG = LoggerFactory.getLogger(Events.class);

    private final UUID runId;
    private final Iterable<MigrationListener> listeners;

    Events(UUID runId, Iterable<MigrationListener> listeners) {
        this.runId = runId;
        this.listeners = listeners;
    }

    UUID runId() {
        return runId;
    }

    void phase(Phase phase, @Nullable String detail) {
        tell(new RunEvent.PhaseChanged(runId, Instant.now(), phase, detail));
    }

    void tell(RunEvent event) {
        for (MigrationListener listener : listeners) {
            tell(listener, event);
        }
    }

    private static void tell(MigrationListener listener, RunEvent event) {
        try {
            listener.on(event);
        } catch (RuntimeException | LinkageError | AssertionError e) {
            LOG.warn("A migration listener failed at {}", event.getClass().getSimpleName(), e);
        }
    }
}
