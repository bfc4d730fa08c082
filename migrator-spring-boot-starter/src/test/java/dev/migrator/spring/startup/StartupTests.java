package dev.migrator.spring.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.migrator.Migrator;
import dev.migrator.MigratorBuilder;
import dev.migrator.run.MigrationFailedException;
import dev.migrator.run.RunEvent;
import dev.migrator.spring.autoconfigure.MigratorCustomizer;
import dev.migrator.spring.test.Hold;
import dev.migrator.spring.test.Postgres;
import dev.migrator.spring.test.RunningApplication;
import dev.migrator.spring.test.WebApplication;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@ExtendWith(OutputCaptureExtension.class)
class StartupTests {

    private final String url = Postgres.newDatabase();
    private final Hold hold = new Hold();

    private RunningApplication.Start application(Class<?>... more) {
        Class<?>[] sources = new Class<?>[more.length + 1];
        sources[0] = WebApplication.class;
        System.arraycopy(more, 0, sources, 1, more.length);
        return RunningApplication.of(sources).database(url).with("migrator.table=schema_migrations");
    }

    private static ReadinessState readiness(ApplicationContext context) {
        return context.getBean(ApplicationAvailability.class).getReadinessState();
    }

    private static LivenessState liveness(ApplicationContext context) {
        return context.getBean(ApplicationAvailability.class).getLivenessState();
    }

    @Test
    void anAsynchronousMulticasterDoesNotMakeTheApplicationReadyEarlier() throws Exception {
        try (RunningApplication app =
                application(AsynchronousMulticaster.class).held(hold).start()) {
            app.awaitMigration();
            assertThat(app.isStarted()).isFalse();
            assertThat(readiness(app.context())).isEqualTo(ReadinessState.REFUSING_TRAFFIC);
            assertThat(app.get("/hello").statusCode()).isEqualTo(503);

            hold.release();
            app.awaitStarted();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> readiness(app.context()) == ReadinessState.ACCEPTING_TRAFFIC);
            assertThat(app.get("/hello").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void readinessComesWithTheOpenGateEvenWhereEventsAreHandedToAnotherThread() throws Exception {
        try (RunningApplication app =
                application(DetachedMulticaster.class).held(hold).start()) {
            app.awaitMigration();
            app.awaitStarted();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> readiness(app.context()) == ReadinessState.REFUSING_TRAFFIC);
            assertThat(app.get("/hello").statusCode()).isEqualTo(503);

            hold.release();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> readiness(app.context()) == ReadinessState.ACCEPTING_TRAFFIC);
            assertThat(app.get("/hello").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aFailureThatIsSwallowedLeavesTheGateClosedAndTheApplicationBroken(CapturedOutput output) throws Exception {
        try (RunningApplication app = application(SwallowingMulticaster.class)
                .with("migrator.locations=classpath:db/broken")
                .start()) {
            ConfigurableApplicationContext context = app.awaitStarted();

            assertThat(readiness(context)).isEqualTo(ReadinessState.REFUSING_TRAFFIC);
            assertThat(liveness(context)).isEqualTo(LivenessState.BROKEN);
            assertThat(app.get("/hello").statusCode()).isEqualTo(503);
            assertThat(app.get("/actuator/migrations").body()).contains("\"state\":\"failed\"");
            assertThat(app.get("/actuator/health/liveness").statusCode()).isEqualTo(503);
            assertThat(output).contains("ERROR", "the failure was swallowed on its way", "V2__break.sql");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoeverSaysThatTrafficIsAcceptedIsContradictedWhileTheGateIsClosed(boolean lazy) throws Exception {
        try (RunningApplication app = application(Hasty.class)
                .with("spring.main.lazy-initialization=" + lazy)
                .held(hold)
                .start()) {
            app.awaitMigration();
            assertThat(app.context().getBean(Hasty.class).said).isTrue();
            assertThat(readiness(app.context())).isEqualTo(ReadinessState.REFUSING_TRAFFIC);
            assertThat(app.get("/actuator/health/readiness").statusCode()).isEqualTo(503);

            AvailabilityChangeEvent.publish(app.context(), ReadinessState.ACCEPTING_TRAFFIC);
            assertThat(readiness(app.context())).isEqualTo(ReadinessState.REFUSING_TRAFFIC);

            hold.release();
            app.awaitStarted();
            assertThat(readiness(app.context())).isEqualTo(ReadinessState.ACCEPTING_TRAFFIC);

            AvailabilityChangeEvent.publish(app.context(), ReadinessState.REFUSING_TRAFFIC);
            assertThat(readiness(app.context())).isEqualTo(ReadinessState.REFUSING_TRAFFIC);
            AvailabilityChangeEvent.publish(app.context(), ReadinessState.ACCEPTING_TRAFFIC);
            assertThat(readiness(app.context())).isEqualTo(ReadinessState.ACCEPTING_TRAFFIC);
        }
    }

    @Test
    void theReadyEventOfAChildContextDoesNotMigrateAndOursMigratesOnce() throws Exception {
        try (RunningApplication app =
                application(WithChild.class, CountRuns.class).start()) {
            ConfigurableApplicationContext context = app.awaitStarted();

            assertThat(context.getBean(WithChild.class).migratedAfterChild).isFalse();
            assertThat(Postgres.tableExists(url, "books")).isTrue();
            context.publishEvent(new ApplicationReadyEvent(new SpringApplication(), new String[0], context, null));
            assertThat(context.getBean(CountRuns.class).runs).hasValue(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ready", "lifecycle", "initialization"})
    void inLenientModeTheApplicationStartsOnTheOldSchemaAndSaysSo(String runAt, CapturedOutput output)
            throws Exception {
        try (RunningApplication app = application()
                .with(
                        "migrator.locations=classpath:db/broken",
                        "migrator.fail-on-error=false",
                        "migrator.run-at=" + runAt)
                .start()) {
            ConfigurableApplicationContext context = app.awaitStarted();

            assertThat(readiness(context)).isEqualTo(ReadinessState.ACCEPTING_TRAFFIC);
            assertThat(app.get("/hello").body()).isEqualTo("hello");
            assertThat(app.get("/actuator/migrations").body()).contains("\"state\":\"failed\"", "V2__break.sql");
            assertThat(app.get("/actuator/health").body()).contains("\"migrations\"", "DOWN", "\"state\":\"failed\"");
            assertThat(app.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
            assertThat(app.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
            assertThat(output).contains("ERROR", "THE DATABASE IS NOT MIGRATED", "V2__break.sql", "42601");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ready", "lifecycle", "initialization"})
    void aFailureEndsTheStartAndCarriesTheExitCode(String runAt) throws Exception {
        try (RunningApplication app = application()
                .with("migrator.locations=classpath:db/broken", "migrator.run-at=" + runAt)
                .start()) {
            Throwable failure = app.awaitFailure();

            assertThat(failure).hasStackTraceContaining(MigrationFailedException.class.getName());
            assertThat(app.context().isActive()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ready", "lifecycle", "initialization"})
    void severalMigratorsRunInTheirOrderAndAreGatedAndListed(String runAt) throws Exception {
        String second = Postgres.newDatabase();
        try (RunningApplication app = application(TwoMigrators.class)
                .with("migrator.run-at=" + runAt, "test.second=" + second)
                .start()) {
            ConfigurableApplicationContext context = app.awaitStarted();

            assertThat(Postgres.tableExists(url, "books")).isTrue();
            assertThat(Postgres.tableExists(second, "invoices")).isTrue();
            assertThat(context.getBean(TwoMigrators.class).order).containsExactly("shop", "billing");
            assertThat(app.get("/actuator/migrations").body()).contains("\"shop\":{", "\"billing\":{");
            assertThat(app.get("/actuator/health").body()).contains("\"shop\":{", "\"billing\":{");
            assertThat(context.getBean(MigrationGate.class).isOpen()).isTrue();
        }
    }

    @Test
    void aRunnerSeesTheMigratedSchemaInLifecycleMode() throws Exception {
        try (RunningApplication app =
                application(EarlyRunner.class).with("migrator.run-at=lifecycle").start()) {
            assertThat(app.awaitStarted().getBean(EarlyRunner.class).found).isTrue();
        }
    }

    @Test
    void aDisabledMigratorLeavesTheDatabaseAlone() throws Exception {
        try (RunningApplication app =
                application().with("migrator.enabled=false").start()) {
            app.awaitStarted();

            assertThat(app.get("/hello").body()).isEqualTo("hello");
            assertThat(Postgres.tableExists(url, "books")).isFalse();
            assertThat(Postgres.tableExists(url, "schema_migrations")).isFalse();
            assertThat(app.get("/actuator/migrations").body())
                    .contains("\"state\":\"disabled\"", "V1__create_books.sql", "\"state\":\"pending\"");
            assertThat(app.get("/actuator/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void theEndpointOfADisabledMigratorAnswersWithoutADatabase() throws Exception {
        try (RunningApplication app = RunningApplication.of(WebApplication.class)
                .database(Postgres.unreachable())
                .with(
                        "migrator.enabled=false",
                        "spring.datasource.hikari.connection-timeout=250",
                        "management.health.db.enabled=false")
                .start()) {
            app.awaitStarted();

            assertThat(app.get("/actuator/migrations").statusCode()).isEqualTo(200);
            assertThat(app.get("/actuator/migrations").body()).contains("\"state\":\"disabled\"");
            assertThat(app.get("/actuator/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void anApplicationWithoutWebMigratesToo() throws Exception {
        try (RunningApplication app = application().web(WebApplicationType.NONE).start()) {
            app.awaitStarted();
            assertThat(Postgres.tableExists(url, "books")).isTrue();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class AsynchronousMulticaster {

        @Bean
        ApplicationEventMulticaster applicationEventMulticaster() {
            SimpleApplicationEventMulticaster multicaster = new SimpleApplicationEventMulticaster();
            multicaster.setTaskExecutor(new SimpleAsyncTaskExecutor());
            return multicaster;
        }
    }

    /** Hands whole events on, and so does not ask listeners whether they must be synchronous. */
    @Configuration(proxyBeanMethods = false)
    static class DetachedMulticaster {

        @Bean
        ApplicationEventMulticaster applicationEventMulticaster() {
            return new SimpleApplicationEventMulticaster() {
                @Override
                public void multicastEvent(ApplicationEvent event, ResolvableType type) {
                    if (event instanceof ApplicationReadyEvent) {
                        Thread thread = new Thread(() -> super.multicastEvent(event, type));
                        thread.setDaemon(true);
                        thread.start();
                    } else {
                        super.multicastEvent(event, type);
                    }
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class SwallowingMulticaster {

        @Bean
        ApplicationEventMulticaster applicationEventMulticaster() {
            SimpleApplicationEventMulticaster multicaster = new SimpleApplicationEventMulticaster();
            multicaster.setErrorHandler(failure -> {});
            return multicaster;
        }
    }

    static class Hasty implements CommandLineRunner {

        private final ApplicationEventPublisher publisher;
        volatile boolean said;

        Hasty(ApplicationEventPublisher publisher) {
            this.publisher = publisher;
        }

        @Override
        public void run(String... args) {
            AvailabilityChangeEvent.publish(publisher, this, ReadinessState.ACCEPTING_TRAFFIC);
            said = true;
        }
    }

    static class WithChild implements CommandLineRunner {

        private final ConfigurableApplicationContext context;
        volatile boolean migratedAfterChild;

        WithChild(ConfigurableApplicationContext context) {
            this.context = context;
        }

        @Override
        public void run(String... args) {
            new SpringApplicationBuilder(Child.class)
                    .parent(context)
                    .web(WebApplicationType.NONE)
                    .run();
            migratedAfterChild =
                    Postgres.tableExists(context.getEnvironment().getProperty("spring.datasource.url"), "books");
        }

        @Configuration(proxyBeanMethods = false)
        static class Child {}
    }

    static class CountRuns implements MigratorCustomizer {

        final AtomicInteger runs = new AtomicInteger();

        @Override
        public void customize(MigratorBuilder builder) {
            builder.listener(event -> {
                if (event instanceof RunEvent.RunStarted) {
                    runs.incrementAndGet();
                }
            });
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoMigrators {

        final List<String> order = new CopyOnWriteArrayList<>();

        @Bean
        @Order(2)
        Migrator billing(Environment environment) {
            return Migrator.builder(new DriverManagerDataSource(environment.getProperty("test.second")))
                    .locations("classpath:db/second")
                    .listener(event -> note("billing", event))
                    .build();
        }

        @Bean
        @Order(1)
        Migrator shop(Environment environment) {
            return Migrator.builder(new DriverManagerDataSource(environment.getProperty("spring.datasource.url")))
                    .locations("classpath:db/migration")
                    .listener(event -> note("shop", event))
                    .build();
        }

        private void note(String name, RunEvent event) {
            if (event instanceof RunEvent.RunStarted) {
                order.add(name);
            }
        }
    }

    static class EarlyRunner implements CommandLineRunner {

        private final Environment environment;
        volatile boolean found;

        EarlyRunner(Environment environment) {
            this.environment = environment;
        }

        @Override
        public void run(String... args) {
            found = Postgres.tableExists(environment.getProperty("spring.datasource.url"), "books");
        }
    }
}
