package dev.migrator.spring.observe;

import dev.migrator.MigratorState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What can be asked of one migrator at any moment. */
record MigratorGauges(String migrator, Figures figures, LastRun lastRun) {

    void bindTo(MeterRegistry registry) {
        Gauge.builder("migrator.pending", figures, Figures::pending)
                .description("How many migrations the next run, or the rest of this one, would run")
                .tag("migrator", migrator)
                .strongReference(true)
                .register(registry);
        Gauge.builder("migrator.applied", figures, Figures::applied)
                .description("How many migrations are applied")
                .tag("migrator", migrator)
                .strongReference(true)
                .register(registry);
        for (MigratorState state : MigratorState.values()) {
            Gauge.builder("migrator.state", figures, now -> now.state() == state ? 1 : 0)
                    .description("1 for the state that the migrator is in, 0 for the others")
                    .tag("migrator", migrator)
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .strongReference(true)
                    .register(registry);
        }
        TimeGauge.builder("migrator.last.run.age", lastRun, TimeUnit.SECONDS, LastRun::ageSeconds)
                .description("How long ago this instance's last run has ended")
                .tag("migrator", migrator)
                .strongReference(true)
                .register(registry);
    }
}
