package dev.migrator.spring.autoconfigure;

import dev.migrator.run.ConfigurationException;
import dev.migrator.spring.startup.EarlyUsersWarning;
import dev.migrator.spring.startup.MigrateAtInitialization;
import dev.migrator.spring.startup.MigrateInLifecycle;
import dev.migrator.spring.startup.MigrateWhenReady;
import dev.migrator.spring.startup.RunAt;
import dev.migrator.spring.startup.StartupMigration;
import dev.migrator.spring.startup.StartupMigrationException;
import dev.migrator.spring.startup.UnmadeListeners;
import java.util.Locale;
import org.springframework.aot.AotDetector;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.sql.init.dependency.DatabaseInitializationDependencyConfigurer;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Chooses what starts the migrations, by {@code migrator.run-at}. That is read as {@link MigratorProperties} reads it, so that
 * there is a trigger for each value that is one for these, the empty one included.
 */
final class StartTrigger implements ImportSelector {

    private final Environment environment;

    StartTrigger(Environment environment) {
        this.environment = environment;
    }

    @Override
    public String[] selectImports(AnnotationMetadata importing) {
        RunAt runAt =
                Binder.get(environment).bind("migrator.run-at", RunAt.class).orElse(RunAt.READY);
        return new String[] {StartTrigger.class.getName() + configuration(runAt)};
    }

    /** By its name, so that only the one that is chosen is loaded; and no switch, which would be a class to load as well. */
    private static String configuration(RunAt runAt) {
        if (runAt == RunAt.READY) {
            return "$WhenReady";
        }
        return runAt == RunAt.LIFECYCLE ? "$InLifecycle" : "$AtInitialization";
    }

    /**
     * To be asked where a trigger is made: in an application that was built ahead of time it was chosen then.
     *
     * @throws StartupMigrationException if the properties have come to say another moment
     */
    private static void requireSame(
            RunAt chosen, MigratorProperties properties, ConfigurableListableBeanFactory beans) {
        if (AotDetector.useGeneratedArtifacts() && properties.enabled() && properties.runAt() != chosen) {
            UnmadeListeners.forget(beans);
            String wanted = "migrator.run-at=" + word(properties.runAt());
            throw new StartupMigrationException(
                    "migrator",
                    new ConfigurationException(
                            "The application starts with " + wanted
                                    + ", and was built ahead of time with migrator.run-at=" + word(chosen)
                                    + ": that cannot be changed any more when it starts.",
                            "nothing was run; it is as it was.",
                            "Build the application with " + wanted + ", or start it with migrator.run-at="
                                    + word(chosen) + ".",
                            null));
        }
    }

    private static String word(RunAt runAt) {
        return runAt.name().toLowerCase(Locale.ROOT);
    }

    @Configuration(proxyBeanMethods = false)
    static class WhenReady {

        @Bean
        MigrateWhenReady migrateWhenReady(
                StartupMigration migration,
                ApplicationContext context,
                MigratorProperties properties,
                ConfigurableListableBeanFactory beans) {
            requireSame(RunAt.READY, properties, beans);
            return new MigrateWhenReady(migration, context);
        }

        @Bean
        static EarlyUsersWarning migratorEarlyUsersWarning(Environment environment) {
            return new EarlyUsersWarning(RunAt.READY, environment);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class InLifecycle {

        @Bean
        MigrateInLifecycle migrateInLifecycle(
                StartupMigration migration,
                ApplicationContext context,
                MigratorProperties properties,
                ConfigurableListableBeanFactory beans) {
            requireSame(RunAt.LIFECYCLE, properties, beans);
            return new MigrateInLifecycle(migration, context);
        }

        @Bean
        static EarlyUsersWarning migratorEarlyUsersWarning(Environment environment) {
            return new EarlyUsersWarning(RunAt.LIFECYCLE, environment);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(DatabaseInitializationDependencyConfigurer.class)
    static class AtInitialization {

        /** Not lazy even where all beans are, or nothing would ever migrate. */
        @Bean(MigrateAtInitialization.NAME)
        @Lazy(false)
        MigrateAtInitialization migrateAtInitialization(
                StartupMigration migration, MigratorProperties properties, ConfigurableListableBeanFactory beans) {
            requireSame(RunAt.INITIALIZATION, properties, beans);
            return new MigrateAtInitialization(migration);
        }
    }
}
