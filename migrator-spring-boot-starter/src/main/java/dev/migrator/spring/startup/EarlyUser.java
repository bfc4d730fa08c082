package dev.migrator.spring.startup;

import java.util.Set;
import java.util.function.BiPredicate;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.scheduling.config.TaskManagementConfigUtils;
import org.springframework.util.ClassUtils;

/**
 * Something that uses the schema while the application starts, with the latest moment to migrate that is early enough for it.
 *
 * <p>What Spring registers under a fixed name is looked for by that name, so that none of these need be on the class path.
 */
enum EarlyUser {
    HIBERNATE(
            "Hibernate (its ddl-auto setting looks at or changes the tables)",
            RunAt.INITIALIZATION,
            (beans, environment) -> has(beans, "jakarta.persistence.EntityManagerFactory")
                    && (ddl(environment, "spring.jpa.hibernate.ddl-auto")
                            || ddl(environment, "spring.jpa.properties.hibernate.hbm2ddl.auto")
                            || ddl(
                                    environment,
                                    "spring.jpa.properties.jakarta.persistence.schema-generation.database.action"))),
    SQL_INIT("the scripts of spring.sql.init", RunAt.INITIALIZATION, (beans, environment) -> "always"
            .equalsIgnoreCase(environment.getProperty("spring.sql.init.mode"))),
    RUNNERS(
            "beans of type ApplicationRunner or CommandLineRunner",
            RunAt.LIFECYCLE,
            (beans, environment) -> has(beans, "org.springframework.boot.ApplicationRunner")
                    || has(beans, "org.springframework.boot.CommandLineRunner")),
    SCHEDULED(
            "@Scheduled methods",
            RunAt.LIFECYCLE,
            (beans, environment) ->
                    beans.containsBeanDefinition(TaskManagementConfigUtils.SCHEDULED_ANNOTATION_PROCESSOR_BEAN_NAME)),
    KAFKA(
            "Kafka listeners",
            RunAt.LIFECYCLE,
            (beans, environment) -> beans.containsBeanDefinition(
                    "org.springframework.kafka.config.internalKafkaListenerAnnotationProcessor")),
    RABBIT(
            "RabbitMQ listeners",
            RunAt.LIFECYCLE,
            (beans, environment) -> beans.containsBeanDefinition(
                    "org.springframework.amqp.rabbit.config.internalRabbitListenerAnnotationProcessor")),
    JMS(
            "JMS listeners",
            RunAt.LIFECYCLE,
            (beans, environment) -> beans.containsBeanDefinition(
                    "org.springframework.jms.config.internalJmsListenerAnnotationProcessor")),
    QUARTZ("Quartz jobs", RunAt.LIFECYCLE, (beans, environment) -> has(beans, "org.quartz.Scheduler"));

    private static final Set<String> HARMLESS = Set.of("", "none", "false");

    final String words;
    final RunAt fits;
    private final BiPredicate<ConfigurableListableBeanFactory, Environment> detector;

    EarlyUser(String words, RunAt fits, BiPredicate<ConfigurableListableBeanFactory, Environment> detector) {
        this.words = words;
        this.fits = fits;
        this.detector = detector;
    }

    boolean isThere(ConfigurableListableBeanFactory beans, Environment environment) {
        return detector.test(beans, environment);
    }

    private static boolean ddl(Environment environment, String property) {
        return !HARMLESS.contains(environment.getProperty(property, "none").trim());
    }

    private static boolean has(ConfigurableListableBeanFactory beans, String className) {
        ClassLoader loader = beans.getBeanClassLoader();
        return ClassUtils.isPresent(className, loader)
                && beans.getBeanNamesForType(ClassUtils.resolveClassName(className, loader), true, false).length > 0;
    }
}
