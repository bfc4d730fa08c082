package dev.migrator.run;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells one run's events to its listener, whose failures are its own. */
final class Events {

    private static final Logger LOG = LoggerFactory.getLogger(Events.class);

    private final UUID runId;
    private final MigrationListener listener;

    Events(UUID runId, MigrationListener listener) {
        this.runId = runId;
        this.listener = listener;
    }

    UUID runId() {
        return runId;
    }

    void phase(Phase phase, @Nullable String detail) {
        tell(new RunEvent.PhaseChanged(runId, Instant.now(), phase, detail));
    }

    void tell(RunEvent event) {
        try {
            listener.on(event);
        } catch (RuntimeException e) {
            LOG.warn("A migration listener failed at {}", event.getClass().getSimpleName(), e);
        }
    }
}
