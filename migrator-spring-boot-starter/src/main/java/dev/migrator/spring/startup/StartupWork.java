package dev.migrator.spring.startup;

import dev.migrator.Migrator;
import dev.migrator.run.MigratorException;
import java.time.Duration;

/**
 * What is done with each migrator before the gate opens.
 *
 * @param limit for how long to wait for another instance, where that is the mode
 */
public record StartupWork(Mode mode, Duration limit) {

    /**
     * Returns when nothing is pending.
     *
     * @throws MigratorException why something is
     */
    void on(Migrator migrator) {
        switch (mode) {
            case MIGRATE -> migrator.migrate();
            case VALIDATE -> migrator.requireMigrated();
            case WAIT -> migrator.awaitMigrated(limit);
        }
    }
}
