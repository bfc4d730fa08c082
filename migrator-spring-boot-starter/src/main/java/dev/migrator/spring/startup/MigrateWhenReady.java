package dev.migrator.spring.startup;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/** Migrates when the application is ready but for that: before all others who wait for the same event, and before readiness. */
public final class MigrateWhenReady implements ApplicationListener<ApplicationReadyEvent>, Ordered {

    private final StartupMigration migration;
    private final ApplicationContext context;

    public MigrateWhenReady(StartupMigration migration, ApplicationContext context) {
        this.migration = migration;
        this.context = context;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        // the event of a child context is heard here too
        if (event.getApplicationContext() == context) {
            migration.run();
        }
    }

    /** Otherwise an asynchronous multicaster would let the application be ready before its database is. */
    @Override
    public boolean supportsAsyncExecution() {
        return false;
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
