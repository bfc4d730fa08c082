package dev.migrator.spring.startup;

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
    HIBERNATE("Hibernate (its ddl-auto or generate-ddl setting looks at or changes the tables)", RunAt.INITIALIZATION),
    SQL_INIT("the scripts of spring.sql.init", RunAt.INITIALIZATION),
    SESSION_TABLES("the tables of Spring Session (spring.session.jdbc.initialize-schema)", RunAt.INITIALIZATION),
    BATCH_TABLES("the tables of Spring Batch (spring.batch.jdbc.initialize-schema)", RunAt.INITIALIZATION),
    QUARTZ_TABLES("the tables of Quartz (spring.quartz.jdbc.initialize-schema)", RunAt.INITIALIZATION),
    INTEGRATION_TABLES(
            "the tables of Spring Integration (spring.integration.jdbc.initialize-schema)", RunAt.INITIALIZATION),
    RUNNERS("beans of type ApplicationRunner or CommandLineRunner", RunAt.LIFECYCLE),
    SCHEDULED("@Scheduled methods", RunAt.LIFECYCLE),
    KAFKA("Kafka listeners", RunAt.LIFECYCLE),
    RABBIT("RabbitMQ listeners", RunAt.LIFECYCLE),
    JMS("JMS listeners", RunAt.LIFECYCLE),
    QUARTZ("Quartz jobs", RunAt.LIFECYCLE);

    final String words;
    final RunAt fits;

    EarlyUser(String words, RunAt fits) {
        this.words = words;
        this.fits = fits;
    }

    /** One switch and no lambda for each of them: every start asks this, and to link those takes longer than to answer. */
    boolean isThere(ConfigurableListableBeanFactory beans, Environment environment) {
        return switch (this) {
            case HIBERNATE ->
                has(beans, "jakarta.persistence.EntityManagerFactory")
                        && (ddl(environment, "spring.jpa.hibernate.ddl-auto")
                                || ddl(environment, "spring.jpa.generate-ddl")
                                || ddl(environment, "spring.jpa.properties.hibernate.hbm2ddl.auto")
                                || ddl(
                                        environment,
                                        "spring.jpa.properties.jakarta.persistence.schema-generation.database.action"));
            case SQL_INIT -> always(environment, "spring.sql.init.mode");
            case SESSION_TABLES -> always(environment, "spring.session.jdbc.initialize-schema");
            case BATCH_TABLES -> always(environment, "spring.batch.jdbc.initialize-schema");
            case QUARTZ_TABLES -> always(environment, "spring.quartz.jdbc.initialize-schema");
            case INTEGRATION_TABLES -> always(environment, "spring.integration.jdbc.initialize-schema");
            case RUNNERS ->
                has(beans, "org.springframework.boot.ApplicationRunner")
                        || has(beans, "org.springframework.boot.CommandLineRunner");
            case SCHEDULED ->
                beans.containsBeanDefinition(TaskManagementConfigUtils.SCHEDULED_ANNOTATION_PROCESSOR_BEAN_NAME);
            case KAFKA ->
                beans.containsBeanDefinition(
                        "org.springframework.kafka.config.internalKafkaListenerAnnotationProcessor");
            case RABBIT ->
                beans.containsBeanDefinition(
                        "org.springframework.amqp.rabbit.config.internalRabbitListenerAnnotationProcessor");
            case JMS ->
                beans.containsBeanDefinition("org.springframework.jms.config.internalJmsListenerAnnotationProcessor");
            case QUARTZ -> has(beans, "org.quartz.Scheduler");
        };
    }

    private static boolean ddl(Environment environment, String property) {
        return switch (environment.getProperty(property, "none").trim()) {
            case "", "none", "false" -> false;
            default -> true;
        };
    }

    /** What Boot calls embedded is no PostgreSQL. */
    private static boolean always(Environment environment, String property) {
        return "always".equalsIgnoreCase(environment.getProperty(property));
    }

    private static boolean has(ConfigurableListableBeanFactory beans, String className) {
        ClassLoader loader = beans.getBeanClassLoader();
        return ClassUtils.isPresent(className, loader)
                && beans.getBeanNamesForType(ClassUtils.resolveClassName(className, loader), true, false).length > 0;
    }
}
