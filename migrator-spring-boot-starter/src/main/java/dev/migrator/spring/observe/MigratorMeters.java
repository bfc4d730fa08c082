package dev.migrator.spring.observe;

import dev.migrator.Migrator;
import dev.migrator.run.MigrationListener;
import dev.migrator.spring.events.ListenerPerMigrator;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The metrics of all migrators of a context. What happens before there is a registry, which Boot binds when all beans are made, is
 * kept for it. The timers are left to the observations where these have a handler that makes some.
 */
public final class MigratorMeters implements MeterBinder, ListenerPerMigrator {

    private final Supplier<Map<String, Migrator>> migrators;
    private final BooleanSupplier timedByObservations;
    private final Map<String, LastRun> lastRuns = new ConcurrentHashMap<>();
    private final List<MeterRegistry> registries = new ArrayList<>();
    private final List<Consumer<MeterRegistry>> early = new ArrayList<>();

    /**
     * Measures nothing yet.
     *
     * @param migrators by the names of their beans; asked when a registry is there
     * @param timedByObservations whether timers are made of the observations; asked with each part of a run
     */
    public MigratorMeters(Supplier<Map<String, Migrator>> migrators, BooleanSupplier timedByObservations) {
        this.migrators = migrators;
        this.timedByObservations = timedByObservations;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        migrators.get().forEach((name, migrator) -> {
            new MigratorGauges(name, new Figures(migrator, System::nanoTime), lastRun(name)).bindTo(registry);
            retries(name).register(registry);
        });
        synchronized (this) {
            if (!registries.contains(registry)) {
                early.forEach(measurement -> measurement.accept(registry));
                registries.add(registry);
            }
        }
    }

    @Override
    public MigrationListener listenTo(String migrator) {
        return new RunParts(migrator, new PartListener() {
            @Override
            public void ended(Part part, PartEnd end) {
                if (part.type() == MigratorObservation.RUN) {
                    lastRun(migrator).ended();
                }
                if (!timedByObservations.getAsBoolean()) {
                    measure(registry -> time(registry, part, end));
                }
            }

            @Override
            public void retried() {
                measure(registry -> retries(migrator).register(registry).increment());
            }
        });
    }

    private LastRun lastRun(String migrator) {
        return lastRuns.computeIfAbsent(migrator, name -> new LastRun(System::nanoTime));
    }

    private synchronized void measure(Consumer<MeterRegistry> measurement) {
        if (registries.isEmpty()) {
            early.add(measurement);
        } else {
            early.clear();
            registries.forEach(measurement);
        }
    }

    private static Counter.Builder retries(String migrator) {
        return Counter.builder("migrator.retries")
                .description("How often a migration was tried again")
                .tag("migrator", migrator);
    }

    /** As the observations' timers are. */
    private static void time(MeterRegistry registry, Part part, PartEnd end) {
        Tags tags = Tags.of("migrator", part.migrator(), "outcome", end.outcome(), "error", end.errorName());
        Timer.builder(part.type().getName())
                .tags(end.kind() == null ? tags : tags.and("kind", end.kind()))
                .register(registry)
                .record(end.duration());
    }
}
