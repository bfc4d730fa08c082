package dev.migrator.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.Migrator;
import dev.migrator.spring.startup.MigrationGate;
import dev.migrator.spring.test.Postgres;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class OnMigratableDatabaseTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(MigratorAutoConfiguration.class))
            .withPropertyValues("migrator.connect.timeout=0");

    @Test
    void aDataSourceThatIsNoCandidateIsNotOurs() {
        runner.withUserConfiguration(NoCandidate.class).run(context -> {
            staysOut(context);
            assertThat(reasons(context))
                    .contains("there is nothing to migrate: no DataSource that is injected by its type or marked with"
                            + " @MigratorDataSource, no migrator.url, and no Migrator");
        });
    }

    @Test
    void aDataSourceThatIsNobodysDefaultIsNotOurs() {
        runner.withUserConfiguration(NoDefault.class).run(OnMigratableDatabaseTests::staysOut);
    }

    @Test
    void aDataSourceThatIsNoCandidateIsNotOursBecauseOfTheMark() {
        runner.withUserConfiguration(MarkedNoCandidate.class).run(OnMigratableDatabaseTests::staysOut);
    }

    @Test
    void theMarkedDataSourceNeedsNoOther() {
        runner.withUserConfiguration(Marked.class).run(context -> {
            takesPart(context);
            assertThat(reasons(context)).contains("there is a DataSource to migrate");
        });
    }

    @Test
    void anObjectWithoutADefinitionCounts() {
        runner.withInitializer(
                        context -> context.getBeanFactory().registerSingleton("registered", unreachableDataSource()))
                .run(OnMigratableDatabaseTests::takesPart);
    }

    @Test
    void aDataSourceOfAParentCountsAsInTheParent() {
        try (AnnotationConfigApplicationContext kept = new AnnotationConfigApplicationContext(NoCandidate.class);
                AnnotationConfigApplicationContext shared = new AnnotationConfigApplicationContext(Shared.class)) {
            runner.withParent(kept).run(OnMigratableDatabaseTests::staysOut);
            runner.withParent(shared).run(OnMigratableDatabaseTests::takesPart);
        }
    }

    @Test
    void theUrlIsEnoughWhereTheDataSourceIsNoCandidate() {
        runner.withUserConfiguration(NoCandidate.class)
                .withPropertyValues("migrator.url=" + Postgres.unreachable())
                .run(context -> {
                    takesPart(context);
                    assertThat(reasons(context)).contains("migrator.url names a database to migrate");
                });
    }

    @Test
    void anEmptyUrlNamesNoDatabase() {
        runner.withPropertyValues("migrator.url=").run(OnMigratableDatabaseTests::staysOut);
    }

    private static void staysOut(AssertableApplicationContext context) {
        assertThat(context).hasNotFailed().doesNotHaveBean(Migrator.class).doesNotHaveBean(MigrationGate.class);
    }

    private static void takesPart(AssertableApplicationContext context) {
        assertThat(context).hasNotFailed().hasSingleBean(Migrator.class).hasSingleBean(MigrationGate.class);
    }

    private static String reasons(AssertableApplicationContext context) {
        StringBuilder reasons = new StringBuilder();
        ConditionEvaluationReport.get(context.getSourceApplicationContext().getBeanFactory())
                .getConditionAndOutcomesBySource()
                .get(MigratorAutoConfiguration.class.getName())
                .forEach(outcome ->
                        reasons.append(outcome.getOutcome().getMessage()).append('\n'));
        return reasons.toString();
    }

    private static DataSource unreachableDataSource() {
        return new DriverManagerDataSource(Postgres.unreachable());
    }

    @Configuration(proxyBeanMethods = false)
    static class NoCandidate {

        @Bean(autowireCandidate = false)
        DataSource kept() {
            return unreachableDataSource();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class NoDefault {

        @Bean(defaultCandidate = false)
        DataSource kept() {
            return unreachableDataSource();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class MarkedNoCandidate {

        @Bean(autowireCandidate = false)
        @MigratorDataSource
        DataSource kept() {
            return unreachableDataSource();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Marked {

        @Bean(defaultCandidate = false)
        @MigratorDataSource
        DataSource migrating() {
            return unreachableDataSource();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Shared {

        @Bean
        DataSource shared() {
            return unreachableDataSource();
        }
    }
}
