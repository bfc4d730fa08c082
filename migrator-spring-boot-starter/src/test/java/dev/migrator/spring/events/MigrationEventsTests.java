package dev.migrator.spring.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.Migrator;
import dev.migrator.run.MigrationListener;
import dev.migrator.run.MigratorException;
import dev.migrator.run.RunEvent;
import dev.migrator.spring.autoconfigure.MigratorAutoConfiguration;
import dev.migrator.spring.test.Postgres;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.metrics.buffering.BufferingApplicationStartup;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.metrics.StartupStep;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@ExtendWith(OutputCaptureExtension.class)
class MigrationEventsTests {

    private final String url = Postgres.newDatabase();
    private final BufferingApplicationStartup startup = new BufferingApplicationStartup(4096);

    private ConfigurableApplicationContext start(Class<?> configuration, String... properties) {
        List<String> all = new ArrayList<>(
                List.of("spring.datasource.url=" + url, "migrator.connect.timeout=0", "spring.main.banner-mode=off"));
        all.addAll(List.of(properties));
        return new SpringApplicationBuilder(Application.class, configuration)
                .web(WebApplicationType.NONE)
                .applicationStartup(startup)
                .properties(all.toArray(String[]::new))
                .run();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ready", "lifecycle", "initialization"})
    void aListenerBeanIsToldEverythingInOrder(String runAt) {
        try (ConfigurableApplicationContext context = start(OneListener.class, "migrator.run-at=" + runAt)) {
            assertThat(context.getBean(Heard.class).names())
                    .containsSubsequence(
                            "RunStarted",
                            "LockAcquired",
                            "Planned",
                            "StepStarted",
                            "StepFinished",
                            "StepStarted",
                            "StepFinished",
                            "RunFinished");
        }
    }

    @Test
    void listenersAreToldOfEveryMigratorThatTheApplicationMakesItself() {
        try (ConfigurableApplicationContext context =
                start(TwoMigrators.class, "test.first=" + url, "test.second=" + Postgres.newDatabase())) {
            Heard heard = context.getBean(Heard.class);
            assertThat(heard.names()).filteredOn("RunFinished"::equals).hasSize(2);
            assertThat(heard.told)
                    .filteredOn(MigrationRunFinishedEvent.class::isInstance)
                    .extracting(event -> ((MigrationEvent) event).migrator())
                    .containsExactly("shop", "billing");
        }
    }

    @Test
    void listenersAreInTheirOrderAndOneThatThrowsDisturbsNobody(CapturedOutput output) {
        try (ConfigurableApplicationContext context = start(Throwing.class)) {
            Heard heard = context.getBean(Heard.class);
            assertThat(heard.names()).contains("StepFinished", "RunFinished");
            assertThat(heard.told).hasAtLeastOneElementOfType(MigrationRunFinishedEvent.class);
            assertThat(Postgres.tableExists(url, "books")).isTrue();
            assertThat(output)
                    .contains("failed at RunStarted of 'migrator', which goes on", "the first is out of order")
                    .contains("the application's listener is out of order");
        }
    }

    @Test
    void oneThatLacksAClassDisturbsNobodyEither() {
        try (ConfigurableApplicationContext context = start(LacksAClass.class)) {
            assertThat(context.getBean(Heard.class).names()).contains("RunStarted", "StepFinished", "RunFinished");
        }
    }

    @Test
    void aListenerThatCannotBeMadeBeforeTheMigrationsIsNamedAndToldOfTheNextRun(CapturedOutput output) {
        try (ConfigurableApplicationContext context = start(NeedsTheDatabase.class, "migrator.run-at=initialization")) {
            assertThat(output)
                    .contains("The bean 'needsTheDatabase' is told nothing of this run of the migrations")
                    .contains("let it ask for that later, by an ObjectProvider");
            assertThat(Postgres.tableExists(url, "books")).isTrue();
            assertThat(context.getBean(Heard.class).names()).contains("RunFinished");

            context.getBean(Migrator.class).migrate();

            assertThat(context.getBean(NeedsTheDatabase.Late.class).names())
                    .containsExactly("RunStarted", "PhaseChanged", "RunFinished");
        }
    }

    @Test
    void noListenerIsMadeBeforeThereIsSomethingToTell() {
        try (ConfigurableApplicationContext context = start(LazyListener.class, "migrator.enabled=false")) {
            assertThat(context.getBeanFactory().containsSingleton("lazyListener"))
                    .isFalse();

            context.getBean(Migrator.class).migrate();

            assertThat(context.getBeanFactory().containsSingleton("lazyListener"))
                    .isTrue();
            assertThat(context.getBean(Heard.class).names()).contains("RunFinished");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ready", "lifecycle"})
    void theContextIsToldOfTheRunAndOfItsSteps(String runAt) {
        try (ConfigurableApplicationContext context = start(OneListener.class, "migrator.run-at=" + runAt)) {
            List<Object> told = context.getBean(Heard.class).told;

            assertThat(told)
                    .extracting(event -> event.getClass().getSimpleName())
                    .containsExactly(
                            "MigrationRunStartedEvent",
                            "MigrationStepFinishedEvent",
                            "MigrationStepFinishedEvent",
                            "MigrationStepFinishedEvent",
                            "MigrationRunFinishedEvent");
            assertThat(told).allSatisfy(event -> {
                assertThat(((MigrationEvent) event).getSource()).isEqualTo("migrator");
                assertThat(((MigrationEvent) event).event()).isNotNull();
            });
            assertThat(told.get(1))
                    .isInstanceOfSatisfying(MigrationStepFinishedEvent.class, step -> assertThat(step.event())
                            .isInstanceOfSatisfying(RunEvent.StepFinished.class, done -> assertThat(done.version())
                                    .isEqualTo("1")));
        }
    }

    @Test
    void atInitializationTheListenersThatAreBeansByTypeAreToldAndAnnotatedMethodsAreNot() {
        try (ConfigurableApplicationContext context = start(ByType.class, "migrator.run-at=initialization")) {
            assertThat(context.getBean(ByType.Finished.class).told).hasSize(1);
            assertThat(context.getBean(Heard.class).told).isEmpty();
        }
    }

    @Test
    void aFailureIsToldWithItsCause() {
        assertThatThrownBy(() -> start(OneListener.class, "migrator.locations=classpath:db/broken"))
                .hasStackTraceContaining("V2__break.sql");
        try (ConfigurableApplicationContext context =
                start(OneListener.class, "migrator.locations=classpath:db/broken", "migrator.fail-on-error=false")) {
            List<Object> told = context.getBean(Heard.class).told;
            assertThat(told.get(told.size() - 1)).isInstanceOfSatisfying(MigrationRunFailedEvent.class, failed -> {
                assertThat(failed.isCancelled()).isFalse();
                assertThat(failed.cause()).isInstanceOf(MigratorException.class);
                assertThat(failed.cause().description()).contains("V2__break.sql");
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ready", "lifecycle", "initialization"})
    void theStartHasAStepForEachMigrator(String runAt) {
        start(OneListener.class, "migrator.run-at=" + runAt).close();
        start(
                        OneListener.class,
                        "migrator.run-at=" + runAt,
                        "migrator.locations=classpath:db/broken",
                        "migrator.fail-on-error=false")
                .close();

        assertThat(steps())
                .containsExactly(
                        "migrator=migrator mode=migrate outcome=success ",
                        "migrator=migrator mode=migrate outcome=failure ");
    }

    private List<String> steps() {
        return startup.getBufferedTimeline().getEvents().stream()
                .map(event -> event.getStartupStep())
                .filter(step -> step.getName().equals("migrator.run"))
                .map(step -> {
                    StringBuilder tags = new StringBuilder();
                    for (StartupStep.Tag tag : step.getTags()) {
                        tags.append(tag.getKey())
                                .append('=')
                                .append(tag.getValue())
                                .append(' ');
                    }
                    return tags.toString();
                })
                .toList();
    }

    @SpringBootConfiguration
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        MigratorAutoConfiguration.class
    })
    static class Application {

        @Bean
        Heard heard() {
            return new Heard();
        }
    }

    /** What was heard, by whichever way. */
    static final class Heard {
        final List<RunEvent> events = new CopyOnWriteArrayList<>();
        final List<Object> told = new CopyOnWriteArrayList<>();

        List<String> names() {
            return MigrationEventsTests.names(events);
        }

        @EventListener
        void told(MigrationEvent event) {
            told.add(event);
        }
    }

    private static List<String> names(List<RunEvent> events) {
        return events.stream().map(event -> event.getClass().getSimpleName()).toList();
    }

    @Configuration(proxyBeanMethods = false)
    static class OneListener {

        @Bean
        MigrationListener listener(Heard heard) {
            return heard.events::add;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class LazyListener {

        @Bean
        @Lazy
        MigrationListener lazyListener(Heard heard) {
            return heard.events::add;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoMigrators extends OneListener {

        @Bean
        @Order(1)
        Migrator shop(Environment environment) {
            return migrator(environment.getRequiredProperty("test.first"));
        }

        @Bean
        @Order(2)
        Migrator billing(Environment environment) {
            return migrator(environment.getRequiredProperty("test.second"));
        }

        private static Migrator migrator(String url) {
            return Migrator.builder(new DriverManagerDataSource(url)).build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Throwing {

        @Bean
        @Order(2)
        MigrationListener second(Heard heard) {
            return heard.events::add;
        }

        @Bean
        @Order(1)
        MigrationListener first(Heard heard) {
            return event -> {
                if (event instanceof RunEvent.RunStarted && heard.names().isEmpty()) {
                    throw new IllegalStateException("the first is out of order");
                }
            };
        }

        @EventListener
        void failing(MigrationRunStartedEvent event) {
            throw new IllegalStateException("the application's listener is out of order");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class LacksAClass extends OneListener {

        @Bean
        @Order(Integer.MIN_VALUE)
        MigrationListener lacksAClass() {
            return event -> {
                throw new NoClassDefFoundError("com/example/Gone");
            };
        }

        @EventListener
        void lacksOneToo(MigrationRunStartedEvent event) {
            throw new NoClassDefFoundError("com/example/Gone");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class NeedsTheDatabase extends OneListener {

        @Bean
        Late needsTheDatabase(JdbcTemplate jdbc) {
            return new Late();
        }

        static final class Late implements MigrationListener {
            private final List<RunEvent> events = new CopyOnWriteArrayList<>();

            @Override
            public void on(RunEvent event) {
                events.add(event);
            }

            List<String> names() {
                return MigrationEventsTests.names(events);
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ByType {

        @Bean
        Finished finished() {
            return new Finished();
        }

        static final class Finished implements ApplicationListener<MigrationRunFinishedEvent> {
            private final List<Object> told = new CopyOnWriteArrayList<>();

            @Override
            public void onApplicationEvent(MigrationRunFinishedEvent event) {
                told.add(event);
            }
        }
    }
}
