package dev.migrator.spring.startup;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.Mockito;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.scheduling.annotation.EnableScheduling;

@ExtendWith(OutputCaptureExtension.class)
class EarlyUsersWarningTests {

    private static final String HEAD = "These touch the schema before it is migrated";

    private ApplicationContextRunner runner(RunAt runAt) {
        return new ApplicationContextRunner()
                .withInitializer(context -> context.addBeanFactoryPostProcessor(factory ->
                        new EarlyUsersWarning(runAt, context.getEnvironment()).postProcessBeanFactory(factory)));
    }

    @Test
    void nothingIsSaidWhereNobodyIsEarly(CapturedOutput output) {
        runner(RunAt.READY).run(context -> assertThat(output).doesNotContain(HEAD));
    }

    @ParameterizedTest
    @CsvSource({
        "spring.jpa.hibernate.ddl-auto, validate",
        "spring.jpa.hibernate.ddl-auto, update",
        "spring.jpa.properties.hibernate.hbm2ddl.auto, validate",
        "spring.jpa.properties.jakarta.persistence.schema-generation.database.action, create",
        "spring.jpa.generate-ddl, true"
    })
    void hibernateIsNamedInBothLaterModes(String property, String value, CapturedOutput output) {
        for (RunAt runAt : new RunAt[] {RunAt.READY, RunAt.LIFECYCLE}) {
            runner(runAt)
                    .withUserConfiguration(Jpa.class)
                    .withPropertyValues(property + "=" + value)
                    .run(context -> assertThat(output)
                            .contains(HEAD, runAt.name().toLowerCase(), "Hibernate", "migrator.run-at=initialization"));
        }
    }

    @Test
    void hibernateThatLeavesTheSchemaAloneIsNotNamed(CapturedOutput output) {
        runner(RunAt.READY)
                .withUserConfiguration(Jpa.class)
                .withPropertyValues("spring.jpa.hibernate.ddl-auto=none", "spring.jpa.generate-ddl=false")
                .run(context -> assertThat(output).doesNotContain(HEAD));
        runner(RunAt.READY).withUserConfiguration(Jpa.class).run(context -> assertThat(output)
                .doesNotContain(HEAD));
    }

    @Test
    void nobodyNeedsJpaOnTheClassPath(CapturedOutput output) {
        runner(RunAt.READY)
                .withClassLoader(new FilteredClassLoader("jakarta.persistence"))
                .withPropertyValues("spring.jpa.hibernate.ddl-auto=validate")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(output).doesNotContain(HEAD);
                });
    }

    @Test
    void runnersAndSchedulersAreNamedInReadyModeAndFitLifecycle(CapturedOutput output) {
        runner(RunAt.READY).withUserConfiguration(RunnersAndSchedulers.class).run(context -> assertThat(output)
                .contains(
                        HEAD,
                        "ApplicationRunner or CommandLineRunner: needs migrator.run-at=lifecycle",
                        "@Scheduled methods: needs migrator.run-at=lifecycle",
                        "migrator.run-at=lifecycle is early enough for all of them"));
    }

    @Test
    void runnersAndSchedulersComeLateEnoughForLifecycleMode(CapturedOutput output) {
        runner(RunAt.LIFECYCLE)
                .withUserConfiguration(RunnersAndSchedulers.class)
                .run(context -> assertThat(output).doesNotContain(HEAD));
    }

    @ParameterizedTest
    @CsvSource({
        "org.springframework.kafka.config.internalKafkaListenerAnnotationProcessor, Kafka",
        "org.springframework.amqp.rabbit.config.internalRabbitListenerAnnotationProcessor, RabbitMQ",
        "org.springframework.jms.config.internalJmsListenerAnnotationProcessor, JMS"
    })
    void listenersAreFoundByTheNameOfTheirInfrastructure(String bean, String word, CapturedOutput output) {
        runner(RunAt.READY)
                .withInitializer(context -> ((GenericApplicationContext) context)
                        .registerBeanDefinition(
                                bean,
                                BeanDefinitionBuilder.genericBeanDefinition(Object.class)
                                        .getBeanDefinition()))
                .run(context -> assertThat(output).contains(HEAD, word + " listeners"));
    }

    @Test
    void scriptsOfSqlInitAreNamed(CapturedOutput output) {
        runner(RunAt.READY).withPropertyValues("spring.sql.init.mode=always").run(context -> assertThat(output)
                .contains(HEAD, "spring.sql.init"));
    }

    @ParameterizedTest
    @CsvSource({"session, Spring Session", "batch, Spring Batch", "quartz, Quartz", "integration, Spring Integration"})
    void tablesThatALibraryMakesAreNamedInBothLaterModes(String library, String words, CapturedOutput output) {
        for (RunAt runAt : new RunAt[] {RunAt.READY, RunAt.LIFECYCLE}) {
            runner(runAt)
                    .withPropertyValues("spring." + library + ".jdbc.initialize-schema=always")
                    .run(context -> assertThat(output)
                            .contains(
                                    "migrator.run-at is " + runAt.name().toLowerCase(),
                                    "the tables of " + words,
                                    "needs migrator.run-at=initialization"));
        }
    }

    @Test
    void tablesThatALibraryMakesInAnEmbeddedDatabaseOnlyAreNotNamed(CapturedOutput output) {
        runner(RunAt.READY)
                .withPropertyValues(
                        "spring.session.jdbc.initialize-schema=embedded", "spring.batch.jdbc.initialize-schema=never")
                .run(context -> assertThat(output).doesNotContain(HEAD));
    }

    @Test
    void lookingMakesNoBean(CapturedOutput output) {
        runner(RunAt.READY).withUserConfiguration(Forbidden.class).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(output).contains(HEAD);
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Jpa {

        @Bean
        EntityManagerFactory entityManagerFactory() {
            return Mockito.mock(EntityManagerFactory.class);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableScheduling
    static class RunnersAndSchedulers {

        @Bean
        CommandLineRunner fill() {
            return args -> {};
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Forbidden {

        @Bean
        @Lazy
        CommandLineRunner never() {
            throw new IllegalStateException("made too early");
        }
    }
}
