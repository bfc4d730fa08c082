package dev.migrator.spring.startup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.Migrator;
import dev.migrator.migration.JavaMigration;
import dev.migrator.migration.MigrationContext;
import dev.migrator.spring.autoconfigure.MigratorCustomizer;
import dev.migrator.spring.test.Postgres;
import dev.migrator.spring.test.RunningApplication;
import dev.migrator.spring.test.WebApplication;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Nothing takes traffic on a schema that was not migrated, because the beans were not what they should be. */
@ExtendWith(OutputCaptureExtension.class)
class MigratorThatCannotBeMadeTests {

    private static RunningApplication start(Class<?> configuration, String... properties) {
        return RunningApplication.of(WebApplication.class, configuration)
                .web(WebApplicationType.NONE)
                .database(Postgres.newDatabase())
                .with(properties)
                .start();
    }

    @ParameterizedTest
    @ValueSource(classes = {OwnMigration.class, OwnMigrator.class, OwnCustomizer.class})
    void aMigratorThatNeedsWhatWaitsForItsMigrationsEndsTheStartAndTheCycleIsDrawn(
            Class<?> configuration, CapturedOutput output) throws Exception {
        try (RunningApplication app = start(configuration, "migrator.run-at=initialization")) {
            app.awaitFailure();

            assertThat(output)
                    .contains("The dependencies of some of the beans in the application context form a cycle")
                    .contains("|  " + MigrateAtInitialization.NAME);
        }
    }

    @Test
    void theSameMigratorRunsWhereNobodyWaitsForIt() throws Exception {
        try (RunningApplication app = start(OwnMigration.class)) {
            assertThat(app.awaitStarted().getBean(MigrationGate.class).isOpen()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ready", "lifecycle", "initialization"})
    void aMigratorThatIsNullEndsTheStart(String runAt, CapturedOutput output) throws Exception {
        try (RunningApplication app = start(NoMigrator.class, "migrator.run-at=" + runAt)) {
            app.awaitFailure();

            assertThat(output).contains("The bean 'shop' of type Migrator is null");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnMigration {

        @Bean
        JavaMigration ninth(JdbcTemplate jdbc) {
            return new JavaMigration() {
                @Override
                public String name() {
                    return "V9__Ninth";
                }

                @Override
                public void migrate(MigrationContext context) {
                    jdbc.queryForObject("select 1", Integer.class);
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnMigrator {

        @Bean
        Migrator shop(JdbcTemplate jdbc, DataSource database) {
            return Migrator.builder(database).build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnCustomizer {

        @Bean
        MigratorCustomizer customizer(JdbcClient jdbc) {
            return builder -> builder.application("shop");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class NoMigrator {

        @Bean
        Migrator shop() {
            return null;
        }
    }
}
