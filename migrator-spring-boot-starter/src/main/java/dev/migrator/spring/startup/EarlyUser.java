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
    HIBERNATE("Hibernate (its ddl-auto setting looks at or changes the tables)", RunAt.INITIALIZATION),
    SQL_INIT("the scripts of spring.sql.init", RunAt.INITIALIZATION),
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
                                || ddl(environment, "spring.jpa.properties.hibernate.hbm2ddl.auto")
                                || ddl(
                                        environment,
                                        "spring.jpa.properties.jakarta.persistence.schema-generation.database.action"));
            case SQL_INIT -> "always".equalsIgnoreCase(environment.getProperty("spring.sql.init.mode"));
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

    private static boolean has(ConfigurableListableBeanFactory beans, String className) {
        ClassLoader loader = beans.getBeanClassLoader();
        return ClassUtils.isPresent(className, loader)
                && beans.getBeanNamesForType(ClassUtils.resolveClassName(className, loader), true, false).length > 0;
    }
}
