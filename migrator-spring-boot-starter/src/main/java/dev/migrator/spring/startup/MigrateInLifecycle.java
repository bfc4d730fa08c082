package dev.migrator.spring.startup;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;

/** Migrates while the context starts: after the web servers, before listeners, schedulers and runners. */
public final class MigrateInLifecycle implements SmartLifecycle {

    /**
     * The application's web server starts at MAX - 2048, the management server at MAX - 1536 and message listeners from
     * MAX - 100 on.
     */
    static final int PHASE = Integer.MAX_VALUE - 1280;

    private final StartupMigration migration;
    private final ApplicationContext context;
    private volatile boolean running;

    public MigrateInLifecycle(StartupMigration migration, ApplicationContext context) {
        this.migration = migration;
        this.context = context;
    }

    @Override
    public void start() {
        // or a liveness probe, which Boot answers with 503 until the start is over, would end a long migration
        AvailabilityChangeEvent.publish(context, LivenessState.CORRECT);
        migration.runDuringRefresh();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    @Override
    public boolean isPauseable() {
        return false;
    }
}
