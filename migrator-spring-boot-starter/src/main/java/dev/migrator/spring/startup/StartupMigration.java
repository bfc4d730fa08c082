package dev.migrator.spring.startup;

import dev.migrator.Migrator;
import dev.migrator.StoppableRun;
import dev.migrator.run.ConfigurationException;
import dev.migrator.run.MigratorException;
import dev.migrator.run.RunCancelledException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.metrics.StartupStep;

/**
 * Does the work of the start with every {@link Migrator} bean of one context, in their order and once, and opens the gate.
 *
 * <p>The beans are looked up when it runs, so that the gate and the triggers can be made before any DataSource.
 */
public final class StartupMigration {

    private static final Logger logger = LoggerFactory.getLogger(StartupMigration.class);

    private final ConfigurableListableBeanFactory beans;
    private final MigrationGate gate;
    private final StartupWork work;
    private final boolean failOnError;
    private final AtomicBoolean begun = new AtomicBoolean();
    private @Nullable StoppableRun running;
    private boolean stopped;

    public StartupMigration(
            ConfigurableListableBeanFactory beans, MigrationGate gate, StartupWork work, boolean failOnError) {
        this.beans = beans;
        this.gate = gate;
        this.work = work;
        this.failOnError = failOnError;
    }

    /**
     * Migrates; does nothing when it was called before, and where the gate is open because nothing shall run.
     *
     * @throws StartupMigrationException if a migrator failed and the application shall end for it
     */
    void run() {
        if (gate.isOpen() || !begun.compareAndSet(false, true)) {
            return;
        }
        for (Map.Entry<String, Migrator> each : migrators().entrySet()) {
            migrate(each.getKey(), each.getValue());
        }
        gate.open();
    }

    /** None where only a parent context has some; where one is defined and none is there, the gate may not open. */
    private Map<String, Migrator> migrators() {
        Map<String, Migrator> migrators;
        try {
            migrators = new ContextMigrators(beans).byName();
        } catch (BeansException ex) {
            gate.fail(ex);
            throw ex;
        }
        String[] defined = beans.getBeanNamesForType(Migrator.class);
        if (migrators.isEmpty() && defined.length > 0) {
            throw failed(defined[0], nothingToRun(defined[0]));
        }
        return migrators;
    }

    private static ConfigurationException nothingToRun(String name) {
        return new ConfigurationException(
                "The bean '" + name + "' of type Migrator is null, and there is no other one.",
                "nothing was run; it is as it was.",
                "Let it be a Migrator, or set migrator.enabled=false where nothing shall be migrated.",
                null);
    }

    /**
     * The same before the context is complete.
     *
     * @throws StartupMigrationException as {@link #run()} does
     */
    void runDuringRefresh() {
        try {
            run();
        } catch (StartupMigrationException ex) {
            UnmadeListeners.forget(beans);
            throw ex;
        }
    }

    private void migrate(String name, Migrator migrator) {
        StartupStep step = beans.getApplicationStartup()
                .start("migrator.run")
                .tag("migrator", name)
                .tag("mode", work.mode().name().toLowerCase(Locale.ROOT));
        try {
            StoppableRun run = new StoppableRun(migrator);
            begins(run);
            gate.waitsFor(migrator);
            run.call(() -> {
                work.on(migrator);
                return true;
            });
            step.tag("outcome", "success");
        } catch (RuntimeException ex) {
            step.tag("outcome", ex instanceof RunCancelledException ? "cancelled" : "failure");
            // one that was cancelled is no start on the old schema, but the end
            if (failOnError || ex instanceof RunCancelledException) {
                throw failed(name, ex);
            }
            logger.error(
                    "\n\nTHE DATABASE IS NOT MIGRATED. The application starts on the old schema, because"
                            + " migrator.fail-on-error is false ('{}').\n\n{}\n",
                    name,
                    explain(ex),
                    ex instanceof MigratorException ? null : ex);
        } catch (Error ex) {
            step.tag("outcome", "failure");
            throw failed(name, ex);
        } finally {
            gate.waitsFor(null);
            ended();
            step.end();
        }
    }

    /** Cancels what runs, waits for its end (for a limited time), and lets nothing begin any more. */
    void stop() {
        StoppableRun run;
        synchronized (this) {
            stopped = true;
            run = running;
        }
        if (run != null) {
            run.stop();
        }
    }

    private synchronized void begins(StoppableRun run) {
        if (stopped) {
            run.stop();
        }
        running = run;
    }

    private synchronized void ended() {
        running = null;
    }

    private StartupMigrationException failed(String name, Throwable cause) {
        StartupMigrationException failure = new StartupMigrationException(name, cause);
        gate.fail(failure);
        return failure;
    }

    private static String explain(RuntimeException ex) {
        return ex instanceof MigratorException known ? String.valueOf(known.getMessage()) : ex.toString();
    }
}
