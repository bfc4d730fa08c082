package dev.migrator.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.migrator.Migrator;
import dev.migrator.run.ConfigurationException;
import dev.migrator.spring.startup.AvailabilityGuard;
import dev.migrator.spring.startup.EarlyUsersWarning;
import dev.migrator.spring.startup.MigrateAtInitialization;
import dev.migrator.spring.startup.MigrateInLifecycle;
import dev.migrator.spring.startup.MigrateWhenReady;
import dev.migrator.spring.startup.MigrationGate;
import dev.migrator.spring.startup.StartupMigration;
import dev.migrator.spring.startup.StartupMigrationException;
import dev.migrator.spring.test.Postgres;
import java.io.IOException;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.SchemaManagement;
import org.springframework.boot.jdbc.SchemaManagementProvider;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class MigratorAutoConfigurationTests {

    private static final AutoConfigurations MIGRATOR = AutoConfigurations.of(MigratorAutoConfiguration.class);

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(DataSourceAutoConfiguration.class, MigratorAutoConfiguration.class))
            .withPropertyValues("spring.datasource.url=" + Postgres.unreachable(), "migrator.connect.timeout=0");

    @Test
    void aDataSourceIsEnoughAndNothingConnectsBeforeTheApplicationIsReady() {
        runner.run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(Migrator.class).hasSingleBean(MigrateWhenReady.class);
            assertThat(context).hasSingleBean(AvailabilityGuard.class).hasSingleBean(EarlyUsersWarning.class);
            assertThat(context).doesNotHaveBean(MigrateInLifecycle.class);
            assertThat(context).doesNotHaveBean(MigrateAtInitialization.class);
            assertThat(context.getBean(MigrationGate.class).isOpen()).isFalse();
            assertThat(context.getBean(Migrator.class).snapshot().table()).isEqualTo("schema_migrations");
        });
    }

    @Test
    void theScriptsAreReadWhileTheApplicationStarts() {
        Searched searched = new Searched();

        runner.withBean(MigratorCustomizer.class, () -> builder -> builder.classLoader(searched))
                .run(context ->
                        await().untilAsserted(() -> assertThat(searched.folders).contains("db/migration")));
    }

    @Test
    void nothingIsReadWhereNothingShallRun() {
        Searched searched = new Searched();

        runner.withBean(MigratorCustomizer.class, () -> builder -> builder.classLoader(searched))
                .withPropertyValues("migrator.enabled=false")
                .run(context -> await().during(Duration.ofMillis(300))
                        .untilAsserted(() -> assertThat(searched.folders).isEmpty()));
    }

    /** Tells which folders of the class path were looked for. */
    private static final class Searched extends ClassLoader {

        private final List<String> folders = new CopyOnWriteArrayList<>();

        Searched() {
            super(MigratorAutoConfigurationTests.class.getClassLoader());
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            folders.add(name);
            return super.getResources(name);
        }
    }

    @Test
    void nothingIsThereWithoutADatabase() {
        new ApplicationContextRunner().withConfiguration(MIGRATOR).run(context -> assertThat(context)
                .doesNotHaveBean(Migrator.class)
                .doesNotHaveBean(MigrationGate.class));
    }

    @Test
    void nothingIsThereWithoutTheCore() {
        runner.withClassLoader(new FilteredClassLoader(Migrator.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(MigrationGate.class));
    }

    @ParameterizedTest
    @CsvSource({
        "ready, dev.migrator.spring.startup.MigrateWhenReady",
        "READY, dev.migrator.spring.startup.MigrateWhenReady",
        "'', dev.migrator.spring.startup.MigrateWhenReady",
        "lifecycle, dev.migrator.spring.startup.MigrateInLifecycle",
        "'lifecycle ', dev.migrator.spring.startup.MigrateInLifecycle",
        "life-cycle, dev.migrator.spring.startup.MigrateInLifecycle",
        "initialization, dev.migrator.spring.startup.MigrateAtInitialization"
    })
    void oneTriggerIsThereForEachMoment(String runAt, Class<?> trigger) {
        runner.withPropertyValues("migrator.run-at=" + runAt, "spring.datasource.url=" + Postgres.newDatabase())
                .run(context -> {
                    assertThat(context).hasNotFailed().hasSingleBean(trigger);
                    assertThat(context.getBeanNamesForType(MigrateWhenReady.class).length
                                    + context.getBeanNamesForType(MigrateInLifecycle.class).length
                                    + context.getBeanNamesForType(MigrateAtInitialization.class).length)
                            .isOne();
                });
    }

    @ParameterizedTest
    @CsvSource({"lifecycle", "initialization"})
    void theEarlierMomentsMigrateWhileTheContextIsMade(String runAt) {
        String url = Postgres.newDatabase();
        runner.withPropertyValues("migrator.run-at=" + runAt, "spring.datasource.url=" + url)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(MigrationGate.class).isOpen()).isTrue();
                    assertThat(Postgres.tableExists(url, "books")).isTrue();
                });
    }

    @ParameterizedTest
    @CsvSource({"lifecycle", "initialization"})
    void lazyInitializationDoesNotKeepTheMigrationsFromRunning(String runAt) {
        String url = Postgres.newDatabase();
        runner.withPropertyValues("migrator.run-at=" + runAt, "spring.datasource.url=" + url)
                .withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(Postgres.tableExists(url, "books")).isTrue();
                });
    }

    @ParameterizedTest
    @CsvSource({"ready", "lifecycle", "initialization"})
    void disabledRunsNothingAndOpensTheGate(String runAt) {
        runner.withPropertyValues("migrator.enabled=false", "migrator.run-at=" + runAt)
                .run(context -> {
                    assertThat(context).hasNotFailed().hasSingleBean(Migrator.class);
                    assertThat(context.getBean(MigrationGate.class).isOpen()).isTrue();
                    assertThat(context)
                            .doesNotHaveBean(StartupMigration.class)
                            .doesNotHaveBean(MigrateWhenReady.class)
                            .doesNotHaveBean(MigrateInLifecycle.class)
                            .doesNotHaveBean(MigrateAtInitialization.class)
                            .doesNotHaveBean(AvailabilityGuard.class);
                });
    }

    @ParameterizedTest
    @CsvSource({"true", "1", "yes", "on", "TRUE", "'true '"})
    void whatReadsAsTrueTurnsTheMigrationsOn(String on) {
        runner.withPropertyValues("migrator.enabled=" + on)
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(MigrateWhenReady.class));
    }

    @ParameterizedTest
    @CsvSource({"false", "0", "no", "off", "FALSE", "'false '"})
    void whatReadsAsFalseTurnsThemOff(String off) {
        runner.withPropertyValues("migrator.enabled=" + off).run(context -> {
            assertThat(context).hasNotFailed().doesNotHaveBean(StartupMigration.class);
            assertThat(context.getBean(MigrationGate.class).isOpen()).isTrue();
        });
    }

    @Test
    void aMigratorOfTheApplicationReplacesOurs() {
        runner.withUserConfiguration(OwnMigrators.class).run(context -> {
            assertThat(context.getBeansOfType(Migrator.class)).containsOnlyKeys("orders", "invoices");
            assertThat(context).hasSingleBean(MigrateWhenReady.class);
        });
    }

    @Test
    void aMigratorOfTheApplicationNeedsNoDataSourceBean() {
        new ApplicationContextRunner()
                .withConfiguration(MIGRATOR)
                .withUserConfiguration(OwnMigrators.class)
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(MigrateWhenReady.class));
    }

    @Test
    void environmentVariablesWorkAsPeopleExpect() {
        runner.withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new SystemEnvironmentPropertySource(
                                "systemEnvironment",
                                Map.of(
                                        "MIGRATOR_ENABLED", "false",
                                        "MIGRATOR_FAIL_ON_ERROR", "false",
                                        "MIGRATOR_RUN_AT", "lifecycle",
                                        "MIGRATOR_LOCATIONS", "classpath:a,classpath:b",
                                        "MIGRATOR_LOCK_MAX_WAIT", "30s",
                                        "MIGRATOR_LOCK_TIMEOUT", "2s",
                                        "MIGRATOR_BASELINE_ON_MIGRATE", "true",
                                        "MIGRATOR_HOLD_OFF_RETRY_AFTER", "9s"))))
                .run(context -> {
                    MigratorProperties properties = context.getBean(MigratorProperties.class);
                    assertThat(properties.enabled()).isFalse();
                    assertThat(properties.failOnError()).isFalse();
                    assertThat(properties.runAt()).hasToString("LIFECYCLE");
                    assertThat(properties.locations()).containsExactly("classpath:a", "classpath:b");
                    assertThat(properties.lock().maxWait()).hasSeconds(30);
                    assertThat(properties.lockTimeout()).hasSeconds(2);
                    assertThat(properties.baseline().onMigrate()).isTrue();
                    assertThat(properties.holdOff().retryAfter()).hasSeconds(9);
                    assertThat(context.getBean(MigrationGate.class).isOpen()).isTrue();
                });
    }

    @Test
    void theEnvironmentVariableForTheMomentChoosesTheTrigger() {
        runner.withPropertyValues("spring.datasource.url=" + Postgres.newDatabase())
                .withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new SystemEnvironmentPropertySource(
                                "systemEnvironment", Map.of("MIGRATOR_RUN_AT", "lifecycle"))))
                .run(context -> assertThat(context)
                        .hasSingleBean(MigrateInLifecycle.class)
                        .doesNotHaveBean(MigrateWhenReady.class));
    }

    @ParameterizedTest
    @CsvSource({
        "migrator.run-at, whenever",
        "migrator.enabled, perhaps",
        "migrator.enabled, ''",
        "migrator.lock-timeout, soon",
        "migrator.retry.max-attempts, often"
    })
    void aValueThatCannotBeUsedEndsTheStartAndIsNamed(String property, String value) {
        runner.withPropertyValues(property + "=" + value).run(context -> {
            assertThat(context).hasFailed();
            assertThat(context.getStartupFailure()).rootCause().hasMessageContaining(value);
            assertThat(context.getStartupFailure()).hasStackTraceContaining(property);
        });
    }

    @Test
    void customizersHaveTheLastWordInTheirOrder() {
        runner.withUserConfiguration(Customizers.class)
                .withPropertyValues("migrator.table=by_property")
                .run(context -> {
                    assertThat(context.getBean(Customizers.class).called).containsExactly("first", "second");
                    assertThat(context.getBean(Migrator.class).snapshot().table())
                            .isEqualTo("by_second");
                });
    }

    @Test
    void severalDataSourcesOfWhichNoneIsChosenAreRefusedWithTheWaysOut() {
        runner.withUserConfiguration(TwoDataSources.class).run(context -> {
            assertThat(context).hasFailed();
            assertThat(context.getStartupFailure())
                    .hasRootCauseInstanceOf(ConfigurationException.class)
                    .hasStackTraceContaining(StartupMigrationException.class.getName())
                    .rootCause()
                    .hasMessageContaining("@MigratorDataSource")
                    .hasMessageContaining("migrator.url");
        });
    }

    @Test
    void severalDataSourcesAreNoFailureWhereNothingRuns() {
        runner.withUserConfiguration(TwoDataSources.class)
                .withPropertyValues("migrator.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(MigrationGate.class));
    }

    @Test
    void thePrimaryDataSourceIsMigrated() {
        runner.withUserConfiguration(PrimaryDataSource.class)
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(Migrator.class));
    }

    @Test
    void theSchemaOfTheMigratedDataSourceIsManaged() {
        runner.withUserConfiguration(PrimaryDataSource.class).run(context -> {
            SchemaManagementProvider provider = context.getBean(SchemaManagementProvider.class);
            assertThat(provider.getSchemaManagement(context.getBean("one", DataSource.class)))
                    .isEqualTo(SchemaManagement.MANAGED);
            assertThat(provider.getSchemaManagement(context.getBean("two", DataSource.class)))
                    .isEqualTo(SchemaManagement.UNMANAGED);
        });
    }

    @Test
    void thePasswordIsNotPrintedWithTheProperties() {
        runner.withPropertyValues("migrator.user=owner", "migrator.password=hunter2")
                .run(context -> assertThat(context.getBean(MigratorProperties.class))
                        .asString()
                        .doesNotContain("hunter2"));
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnMigrators {

        @Bean
        Migrator orders() {
            return Migrator.builder(new DriverManagerDataSource(Postgres.unreachable()))
                    .build();
        }

        @Bean
        Migrator invoices() {
            return Migrator.builder(new DriverManagerDataSource(Postgres.unreachable()))
                    .build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Customizers {

        final List<String> called = new ArrayList<>();

        @Bean
        @Order(2)
        MigratorCustomizer second() {
            return builder -> {
                called.add("second");
                builder.table("by_second");
            };
        }

        @Bean
        @Order(1)
        MigratorCustomizer first() {
            return builder -> {
                called.add("first");
                builder.table("by_first");
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoDataSources {

        @Bean
        DataSource one() {
            return new DriverManagerDataSource(Postgres.unreachable());
        }

        @Bean
        DataSource two() {
            return new DriverManagerDataSource(Postgres.unreachable());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class PrimaryDataSource {

        @Bean
        @Primary
        DataSource one() {
            return new DriverManagerDataSource(Postgres.unreachable());
        }

        @Bean
        DataSource two() {
            return new DriverManagerDataSource(Postgres.unreachable());
        }
    }
}
