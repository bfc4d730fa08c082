package dev.migrator.spring.actuate;

import dev.migrator.Migrator;
import dev.migrator.MigratorStatus;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Answers how migrators stand: from memory, into which, where nothing runs, the database is read once. */
public final class Migrators {

    private final boolean enabled;
    private final LongSupplier nanoTime;
    private final Map<Migrator, FirstLook> looks = new ConcurrentHashMap<>();

    /**
     * @param enabled whether migrators run in this application
     */
    public Migrators(boolean enabled) {
        this(enabled, System::nanoTime);
    }

    Migrators(boolean enabled, LongSupplier nanoTime) {
        this.enabled = enabled;
        this.nanoTime = nanoTime;
    }

    boolean enabled() {
        return enabled;
    }

    /** Where nothing runs, the database is asked; when it has answered once, not again. */
    MigratorStatus status(Migrator migrator) {
        if (!enabled) {
            looks.computeIfAbsent(migrator, each -> new FirstLook(each, nanoTime))
                    .take();
        }
        return migrator.snapshot();
    }
}
