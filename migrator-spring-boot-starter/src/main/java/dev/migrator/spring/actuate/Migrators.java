package dev.migrator.spring.actuate;

import dev.migrator.Migrator;
import dev.migrator.MigratorStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers how migrators stand: from memory, or, where nothing runs, as the database says it once. */
public final class Migrators {

    private static final Logger logger = LoggerFactory.getLogger(Migrators.class);

    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final boolean enabled;
    private final Map<Migrator, Reading> readings = new ConcurrentHashMap<>();

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
        return readings.computeIfAbsent(migrator, Reading::new).status();
    }

    /**
     * Of one migrator. A page asks every few seconds, and a database that is away is waited for: whoever asks meanwhile, or soon
     * after, is answered without.
     */
    private static final class Reading {

        private final Migrator migrator;
        private final Lock reads = new ReentrantLock();
        private volatile @Nullable MigratorStatus known;
        private volatile @Nullable Instant notBefore;

        Reading(Migrator migrator) {
            this.migrator = migrator;
        }

        MigratorStatus status() {
            if (known == null && reads.tryLock()) {
                try {
                    read();
                } finally {
                    reads.unlock();
                }
            }
            MigratorStatus answer = known;
            return answer == null ? migrator.snapshot() : answer;
        }

        private void read() {
            Instant pause = notBefore;
            if (known != null || pause != null && Instant.now().isBefore(pause)) {
                return;
            }
            try {
                known = migrator.status();
            } catch (RuntimeException ex) {
                notBefore = Instant.now().plus(PAUSE);
                logger.warn("The state of the migrations could not be read: {}", ex.toString());
            }
        }
    }
}
