package dev.migrator.spring.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.migrator.Migrator;
import dev.migrator.backup.Backup;
import dev.migrator.backup.TakenBackup;
import dev.migrator.run.MigrationFailedException;
import dev.migrator.run.Phase;
import dev.migrator.run.RunCancelledException;
import dev.migrator.spring.autoconfigure.MigratorAutoConfiguration;
import dev.migrator.spring.autoconfigure.MigratorMetricsAutoConfiguration;
import dev.migrator.spring.autoconfigure.MigratorObservationAutoConfiguration;
import dev.migrator.spring.test.Hold;
import dev.migrator.spring.test.Postgres;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.test.simple.SimpleSpan;
import io.micrometer.tracing.test.simple.SimpleTracer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class ObservabilityTests {

    private final String url = Postgres.newDatabase();

    private ConfigurableApplicationContext start(Class<?> configuration, String... properties) {
        List<String> all = new ArrayList<>(List.of(
                "spring.datasource.url=" + url,
                "migrator.connect.timeout=0",
                "migrator.backup.mode=off",
                "spring.main.banner-mode=off",
                "management.metrics.tags.application=bookshop"));
        all.addAll(List.of(properties));
        return new SpringApplicationBuilder(configuration)
                .web(WebApplicationType.NONE)
                .properties(all.toArray(String[]::new))
                .run();
    }

    /** As {@code migrator.run{application=bookshop,error=none,…}}, of ours only. */
    private static List<String> meters(ConfigurableApplicationContext context) {
        return context.getBean(MeterRegistry.class).getMeters().stream()
                .map(Meter::getId)
                .filter(id -> id.getName().startsWith("migrator."))
                .map(id ->
                        id.getName() + id.getTags().stream().map(Tag::toString).toList())
                .map(text -> text.replace("tag(", "").replace(")", ""))
                .sorted()
                .toList();
    }

    private static Timer timer(ConfigurableApplicationContext context, String name, String... tags) {
        return context.getBean(MeterRegistry.class).get(name).tags(tags).timer();
    }

    private static double gauge(ConfigurableApplicationContext context, String name, String... tags) {
        return context.getBean(MeterRegistry.class).get(name).tags(tags).gauge().value();
    }

    @ParameterizedTest
    @CsvSource({
        "ready,MetricsOnly",
        "lifecycle,MetricsOnly",
        "initialization,MetricsOnly",
        "ready,Both",
        "lifecycle,Both",
        "initialization,Both"
    })
    void whateverTheMomentNothingIsLostAndEverythingIsTimedOnce(String runAt, String wiring) {
        Class<?> configuration = wiring.equals("Both") ? Both.class : MetricsOnly.class;
        try (ConfigurableApplicationContext context = start(configuration, "migrator.run-at=" + runAt)) {
            String common = "application", bookshop = "bookshop";
            assertThat(timer(context, "migrator.run", "outcome", "success", common, bookshop)
                            .count())
                    .isOne();
            assertThat(timer(context, "migrator.lock", "outcome", "success", common, bookshop)
                            .count())
                    .isOne();
            assertThat(timer(context, "migrator.step", "kind", "versioned", common, bookshop)
                            .count())
                    .isEqualTo(2);
            assertThat(timer(context, "migrator.step", "kind", "repeatable", common, bookshop)
                            .count())
                    .isOne();
            assertThat(timer(context, "migrator.run").totalTime(TimeUnit.NANOSECONDS))
                    .isPositive();
            assertThat(gauge(context, "migrator.pending")).isZero();
            assertThat(gauge(context, "migrator.applied")).isEqualTo(3);
            assertThat(gauge(context, "migrator.state", "state", "succeeded")).isOne();
            assertThat(gauge(context, "migrator.state", "state", "pending")).isZero();
            assertThat(gauge(context, "migrator.last.run.age")).isBetween(0.0, 60.0);
        }
    }

    @Test
    void bothWaysOfTimingGiveTheSameMeters() {
        List<String> byMeters;
        try (ConfigurableApplicationContext context = start(MetricsOnly.class)) {
            byMeters = meters(context);
        }
        Postgres.execute(url, "drop schema public cascade", "create schema public");
        try (ConfigurableApplicationContext context = start(Both.class)) {
            assertThat(meters(context))
                    .filteredOn(meter -> !meter.contains(".active["))
                    .isEqualTo(byMeters);
        }
        assertThat(byMeters)
                .contains(
                        "migrator.step[application=bookshop, error=none, kind=versioned, migrator=migrator, outcome=success]")
                .noneMatch(meter -> meter.contains("V1__") || meter.contains("version="));
    }

    @Test
    void aRunWithNothingToDoIsCountedAsSuch() {
        start(MetricsOnly.class).close();
        try (ConfigurableApplicationContext context = start(MetricsOnly.class)) {
            assertThat(timer(context, "migrator.run", "outcome", "nothing").count())
                    .isOne();
            assertThat(meters(context)).noneMatch(meter -> meter.startsWith("migrator.step"));
            assertThat(gauge(context, "migrator.applied")).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {MetricsOnly.class, Both.class})
    void aFailureIsToldByItsClass(Class<?> configuration) {
        try (ConfigurableApplicationContext context =
                start(configuration, "migrator.locations=classpath:db/broken", "migrator.fail-on-error=false")) {
            for (String name : List.of("migrator.run", "migrator.step")) {
                assertThat(timer(context, name, "outcome", "failure", "error", "MigrationFailedException")
                                .count())
                        .isOne();
            }
            assertThat(gauge(context, "migrator.state", "state", "failed")).isOne();
            assertThat(gauge(context, "migrator.pending")).isOne();
        }
    }

    @Test
    void beforeAnybodyHasLookedTheGaugesHaveNoNumber() {
        try (ConfigurableApplicationContext context = start(MetricsOnly.class, "migrator.enabled=false")) {
            assertThat(gauge(context, "migrator.pending")).isNaN();
            assertThat(gauge(context, "migrator.applied")).isNaN();
            assertThat(gauge(context, "migrator.last.run.age")).isNaN();
            assertThat(gauge(context, "migrator.state", "state", "pending")).isOne();
        }
    }

    @Test
    void retriesAreCounted() throws Exception {
        Postgres.execute(url, "create table shelf (id int)");
        try (Connection other = DriverManager.getConnection(url);
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table shelf in access exclusive mode");
            try (ConfigurableApplicationContext context = start(
                    MetricsOnly.class,
                    "migrator.locations=classpath:db/locked",
                    "migrator.lock-timeout=100ms",
                    "migrator.retry.max-attempts=3",
                    "migrator.retry.initial-delay=10ms",
                    "migrator.baseline.on-migrate=true",
                    "migrator.baseline.version=0",
                    "migrator.fail-on-error=false")) {
                assertThat(context.getBean(MeterRegistry.class)
                                .get("migrator.retries")
                                .counter()
                                .count())
                        .isEqualTo(2);
                assertThat(timer(context, "migrator.step", "outcome", "failure").count())
                        .isOne();
            }
        }
    }

    @Test
    void observationsAreNestedAndCarryTheirKeys() {
        TestObservationRegistry registry = TestObservationRegistry.create();
        startObserved(registry).close();
        TestObservationRegistryAssert.assertThat(registry)
                .doesNotHaveAnyRemainingCurrentObservation()
                .hasHandledContextsThatSatisfy(contexts -> assertThat(contexts)
                        .extracting(observed -> observed.getName()
                                + (observed.getParentObservation() == null
                                        ? ""
                                        : " in "
                                                + observed.getParentObservation()
                                                        .getContextView()
                                                        .getName()))
                        .containsExactly(
                                "migrator.run",
                                "migrator.lock in migrator.run",
                                "migrator.backup in migrator.run",
                                "migrator.step in migrator.run",
                                "migrator.step in migrator.run",
                                "migrator.step in migrator.run"));
        TestObservationRegistryAssert.assertThat(registry)
                .hasAnObservationWithAKeyValue("migrator.version", "1")
                .hasAnObservationWithAKeyValue("migrator.attempts", "1")
                .hasAnObservationWithAKeyValue("kind", "repeatable");
    }

    private ConfigurableApplicationContext startObserved(ObservationRegistry registry) {
        Postgres.execute(url, "create table something_to_back_up (id int)");
        return new SpringApplicationBuilder(Observed.class)
                .web(WebApplicationType.NONE)
                .initializers(context -> context.getBeanFactory().registerSingleton("observationRegistry", registry))
                .properties(
                        "spring.datasource.url=" + url,
                        "migrator.connect.timeout=0",
                        "migrator.baseline.on-migrate=true",
                        "migrator.baseline.version=0",
                        "spring.main.banner-mode=off")
                .run();
    }

    @Test
    void aTraceShowsTheRunWithItsPartsInside() {
        SimpleTracer tracer = new SimpleTracer();
        TestObservationRegistry registry = TestObservationRegistry.create();
        registry.observationConfig().observationHandler(new DefaultTracingObservationHandler(tracer));
        startObserved(registry).close();

        Map<String, List<SimpleSpan>> spans =
                tracer.getSpans().stream().collect(Collectors.groupingBy(SimpleSpan::getName));
        assertThat(spans).containsOnlyKeys("migrate", "wait for the migration lock", "back up", "run migration");
        SimpleSpan run = spans.get("migrate").get(0);
        assertThat(tracer.getSpans()).filteredOn(span -> span != run).allSatisfy(span -> {
            assertThat(span.context().parentId()).isEqualTo(run.context().spanId());
            assertThat(span.context().traceId()).isEqualTo(run.context().traceId());
            assertThat(span.getStartTimestamp()).isAfterOrEqualTo(run.getStartTimestamp());
            assertThat(span.getEndTimestamp()).isBeforeOrEqualTo(run.getEndTimestamp());
        });
        assertThat(spans.get("run migration"))
                .extracting(span -> span.getTags().get("migrator.script"))
                .anySatisfy(script -> assertThat(script).endsWith("V1__create_books.sql"));
    }

    @Test
    void anErrorIsSetOnTheStepAndOnTheRun() {
        TestObservationRegistry registry = TestObservationRegistry.create();
        Migrator migrator = Migrator.builder(new DriverManagerDataSource(url))
                .locations("classpath:db/broken")
                .build();
        migrator.addListener(new RunParts("migrator", new ObservedParts(registry)));

        assertThatThrownBy(migrator::migrate).isInstanceOf(MigrationFailedException.class);

        TestObservationRegistryAssert.assertThat(registry)
                .doesNotHaveAnyRemainingCurrentObservation()
                .hasHandledContextsThatSatisfy(contexts -> assertThat(contexts)
                        .filteredOn(context -> context.getError() instanceof MigrationFailedException)
                        .extracting(context -> context.getName() + " "
                                + context.getLowCardinalityKeyValue("outcome").getValue())
                        .containsExactly("migrator.run failure", "migrator.step failure"));
    }

    @Test
    void aHandlerThatFailsLeavesNothingOpenOnTheThread() {
        TestObservationRegistry registry = TestObservationRegistry.create();
        registry.observationConfig().observationHandler(new ObservationHandler<Observation.Context>() {
            @Override
            public void onScopeClosed(Observation.Context context) {
                throw new IllegalStateException("the tracer is out of order");
            }

            @Override
            public void onStop(Observation.Context context) {
                if (context.getName().equals("migrator.step")) {
                    throw new IllegalStateException("the exporter is out of order");
                }
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return true;
            }
        });
        Migrator migrator = Migrator.builder(new DriverManagerDataSource(url))
                .locations("classpath:db/broken")
                .build();
        migrator.addListener(new RunParts("migrator", new ObservedParts(registry)));

        assertThatThrownBy(migrator::migrate).isInstanceOf(MigrationFailedException.class);

        TestObservationRegistryAssert.assertThat(registry)
                .doesNotHaveAnyRemainingCurrentObservation()
                .hasObservationWithNameEqualTo("migrator.run")
                .that()
                .hasBeenStopped();
    }

    @Test
    void aRegistryThatIsBoundTwiceCountsOnce() {
        Migrator migrator = Migrator.builder(new DriverManagerDataSource(url)).build();
        MigratorMeters meters = new MigratorMeters(() -> Map.of("shop", migrator), () -> false);
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        meters.bindTo(registry);
        meters.bindTo(registry);
        migrator.addListener(meters.listenTo("shop"));

        migrator.migrate();

        assertThat(registry.get("migrator.run").timer().count()).isOne();
    }

    @Test
    void theWaitForTheLockIsMeasuredAndACancelledRunIsNoError() throws Exception {
        TestObservationRegistry registry = TestObservationRegistry.create();
        Hold hold = new Hold();
        Migrator first = migrator(hold);
        Migrator second = migrator(hold);
        second.addListener(new RunParts("second", new ObservedParts(registry)));
        CompletableFuture<Void> migrating =
                CompletableFuture.runAsync(first::migrate, work -> new Thread(work).start());
        hold.awaitBegun();
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(second::migrate, work -> new Thread(work).start());
        await().atMost(Duration.ofSeconds(20))
                .until(() -> second.snapshot().current() != null
                        && second.snapshot().current().phase() == Phase.WAITING_FOR_LOCK);
        second.cancel();
        assertThat(waiting)
                .failsWithin(Duration.ofSeconds(20))
                .withThrowableThat()
                .withCauseInstanceOf(RunCancelledException.class);
        hold.release();
        migrating.get(20, TimeUnit.SECONDS);

        TestObservationRegistryAssert.assertThat(registry)
                .doesNotHaveAnyRemainingCurrentObservation()
                .hasHandledContextsThatSatisfy(contexts -> assertThat(contexts)
                        .allSatisfy(context -> {
                            assertThat(context.getLowCardinalityKeyValue("outcome")
                                            .getValue())
                                    .isEqualTo("cancelled");
                            assertThat(context.getError()).isNull();
                        })
                        .extracting(context -> context.getName())
                        .containsExactly("migrator.run", "migrator.lock"));
    }

    private Migrator migrator(Hold hold) {
        return Migrator.builder(new DriverManagerDataSource(url))
                .javaMigrations(List.of(hold))
                .build();
    }

    @SpringBootConfiguration
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        MetricsAutoConfiguration.class,
        SimpleMetricsExportAutoConfiguration.class,
        CompositeMeterRegistryAutoConfiguration.class,
        MigratorAutoConfiguration.class,
        MigratorMetricsAutoConfiguration.class
    })
    static class MetricsOnly {}

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({ObservationAutoConfiguration.class, MigratorObservationAutoConfiguration.class})
    static class Both extends MetricsOnly {}

    @SpringBootConfiguration
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        MigratorAutoConfiguration.class,
        MigratorObservationAutoConfiguration.class
    })
    static class Observed {

        @Bean
        Backup snapshots() {
            return request -> new TakenBackup("snapshot-1", 0, null);
        }
    }
}
