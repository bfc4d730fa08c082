package dev.migrator.spring.actuate;

import dev.migrator.Migrator;
import dev.migrator.MigratorStatus;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers how migrators stand: from memory, or, where nothing runs, as the database says it once. */
public final class Migrators {

    private static final Logger logger = LoggerFactory.getLogger(Migrators.class);

    private final boolean enabled;
    private final Map<Migrator, MigratorStatus> read = new ConcurrentHashMap<>();

    /**
     * @param enabled whether migrators run in this application
     */
    public Migrators(boolean enabled) {
        this.enabled = enabled;
    }

    boolean enabled() {
        return enabled;
    }

    /** Where nothing runs, the database is asked; when it has answered once, not again. */
    MigratorStatus status(Migrator migrator) {
        if (enabled) {
            return migrator.snapshot();
        }
        MigratorStatus known = read.computeIfAbsent(migrator, Migrators::read);
        return known == null ? migrator.snapshot() : known;
    }

    private static @Nullable MigratorStatus read(Migrator migrator) {
        try {
            return migrator.status();
        } catch (RuntimeException ex) {
            logger.warn("The state of the migrations could not be read: {}", ex.toString());
            return null;
        }
    }
}
