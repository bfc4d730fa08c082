package dev.migrator.spring.startup;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/**
 * Keeps readiness true to the gate: while it is closed, whoever says that the application accepts traffic is contradicted;
 * when it opens after that, he is put right.
 */
public final class AvailabilityGuard implements ApplicationListener<AvailabilityChangeEvent<?>>, Ordered {

    private static final Logger logger = LoggerFactory.getLogger(AvailabilityGuard.class);

    private final MigrationGate gate;
    private final ApplicationContext context;
    private boolean contradicted;

    public AvailabilityGuard(MigrationGate gate, ApplicationContext context) {
        this.gate = gate;
        this.context = context;
        gate.whenOpen(this::opened);
    }

    @Override
    public void onApplicationEvent(AvailabilityChangeEvent<?> event) {
        if (gate.isOpen() || event.getState() != ReadinessState.ACCEPTING_TRAFFIC) {
            return;
        }
        synchronized (this) {
            contradicted = true;
        }
        AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
        if (gate.isOpen()) {
            opened();
        } else if (gate.failure() != null) {
            logger.error(
                    "The database is not migrated, and the failure was swallowed on its way (has the application an"
                            + " ApplicationEventMulticaster with an ErrorHandler?). The application takes no traffic and"
                            + " is reported as broken.",
                    gate.failure());
            AvailabilityChangeEvent.publish(context, LivenessState.BROKEN);
        }
    }

    private void opened() {
        boolean again;
        synchronized (this) {
            again = contradicted;
            contradicted = false;
        }
        if (again) {
            AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
        }
    }

    @Override
    public boolean supportsAsyncExecution() {
        return false;
    }

    /** The last word counts. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }
}
