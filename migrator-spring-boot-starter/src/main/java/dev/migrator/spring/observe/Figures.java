package dev.migrator.spring.observe;

import dev.migrator.Migrator;
import dev.migrator.MigratorState;
import dev.migrator.MigratorStatus;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The counts of one migrator, from memory. They are counted once a second at most: an answer is made anew of all migrations, and
 * several gauges ask for it at once.
 */
final class Figures {

    private static final long FRESH = TimeUnit.SECONDS.toNanos(1);

    private final Migrator migrator;
    private final LongSupplier nanoTime;
    private @Nullable Counted counted;

    Figures(Migrator migrator, LongSupplier nanoTime) {
        this.migrator = migrator;
        this.nanoTime = nanoTime;
    }

    /**
     * @param pending not a number while nobody has looked
     * @param applied not a number while nobody has looked
     */
    private record Counted(double pending, double applied, MigratorState state, long at) {

        static Counted of(MigratorStatus status, long at) {
            if (status.state() == MigratorState.PENDING && status.migrations().isEmpty()) {
                return new Counted(Double.NaN, Double.NaN, status.state(), at);
            }
            long applied = status.migrations().stream()
                    .filter(migration -> migration.state().equals("applied"))
                    .count();
            return new Counted(status.pending(), applied, status.state(), at);
        }
    }

    double pending() {
        return counted().pending();
    }

    double applied() {
        return counted().applied();
    }

    MigratorState state() {
        return counted().state();
    }

    private synchronized Counted counted() {
        long now = nanoTime.getAsLong();
        Counted known = counted;
        if (known == null || now - known.at() >= FRESH) {
            known = Counted.of(migrator.snapshot(), now);
            counted = known;
        }
        return known;
    }
}
