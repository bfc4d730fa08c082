package dev.migrator.spring.startup;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Stops the migration when the context closes, and holds the closing back until that is done: the connections must not be
 * closed under it. While the context is still being refreshed its closing waits for that; then it is the JVM's shutdown hook
 * that stops the migration.
 */
public final class StopAtClose implements ApplicationListener<ContextClosedEvent> {

    private final StartupMigration migration;
    private final ApplicationContext context;

    public StopAtClose(StartupMigration migration, ApplicationContext context) {
        this.migration = migration;
        this.context = context;
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        // the event of a child context is heard here too
        if (event.getApplicationContext() == context) {
            migration.stop();
        }
    }

    /** The closing would not wait for it. */
    @Override
    public boolean supportsAsyncExecution() {
        return false;
    }
}
