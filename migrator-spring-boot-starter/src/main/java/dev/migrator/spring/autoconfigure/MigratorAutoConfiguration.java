package dev.migrator.spring.autoconfigure;

import dev.migrator.Migrator;
import dev.migrator.MigratorBuilder;
import dev.migrator.backup.Backup;
import dev.migrator.migration.JavaMigration;
import dev.migrator.run.MigratorException;
import dev.migrator.spring.command.CommandProperties;
import dev.migrator.spring.events.ApplicationEvents;
import dev.migrator.spring.events.MigratorListeners;
import dev.migrator.spring.startup.AvailabilityGuard;
import dev.migrator.spring.startup.MigrationGate;
import dev.migrator.spring.startup.StartupMigration;
import dev.migrator.spring.startup.StartupMigrationException;
import dev.migrator.spring.startup.StartupWork;
import dev.migrator.spring.startup.StopAtClose;
import dev.migrator.spring.startup.UnmadeListeners;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.SchemaManagement;
import org.springframework.boot.jdbc.SchemaManagementProvider;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** Migrates the application's database, at the moment that {@code migrator.run-at} says, and keeps the gate until then. */
@AutoConfiguration(after = {DataSourceAutoConfiguration.class, ApplicationAvailabilityAutoConfiguration.class})
@ConditionalOnClass({Migrator.class, DataSource.class})
@Conditional(OnMigratableDatabase.class)
@EnableConfigurationProperties(MigratorProperties.class)
public final class MigratorAutoConfiguration {

    @Bean
    MigrationGate migrationGate(MigratorProperties properties) {
        return properties.enabled() ? MigrationGate.closed() : MigrationGate.alwaysOpen();
    }

    @Bean
    SchemaManagementProvider migratorSchemaManagementProvider(
            MigratorProperties properties,
            ObjectProvider<DataSource> dataSource,
            @MigratorDataSource ObjectProvider<DataSource> migratorDataSource) {
        MigrationDataSource migrated = new MigrationDataSource(properties, dataSource, migratorDataSource);
        return candidate -> migrated.covers(candidate) ? SchemaManagement.MANAGED : SchemaManagement.UNMANAGED;
    }

    /** The one migrator of an application that defines none. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(Migrator.class)
    static class DefaultMigrator {

        /** Null where nothing runs and there are several DataSources to choose from: that is no failure then. */
        @Bean
        @Nullable
        Migrator migrator(
                MigratorProperties properties,
                ObjectProvider<DataSource> dataSource,
                @MigratorDataSource ObjectProvider<DataSource> migratorDataSource,
                ObjectProvider<JavaMigration> javaMigrations,
                ObjectProvider<Backup> backup,
                ObjectProvider<JdbcConnectionDetails> connectionDetails,
                ObjectProvider<MigratorCustomizer> customizers,
                ConfigurableListableBeanFactory beans,
                Environment environment) {
            MigrationDataSource migrated = new MigrationDataSource(properties, dataSource, migratorDataSource);
            if (!properties.enabled() && migrated.isUndecided()) {
                return null;
            }
            try {
                DataSource chosen = migrated.choose();
                MigratorBuilder builder = Migrator.builder(chosen);
                PoolToBuilder.apply(chosen, builder);
                new PropertiesToBuilder(properties, environment).apply(builder);
                ClassLoader classLoader = beans.getBeanClassLoader();
                if (classLoader != null) {
                    builder.classLoader(classLoader);
                }
                boolean marked = chosen == migratorDataSource.getIfAvailable();
                builder.password(KnownPassword.of(chosen, marked ? null : connectionDetails));
                builder.backup(backup.getIfUnique());
                builder.javaMigrations(javaMigrations.orderedStream().toList());
                customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
                Migrator migrator = builder.build();
                if (properties.enabled() && !CommandProperties.areIn(environment)) {
                    migrator.readAhead();
                }
                return migrator;
            } catch (MigratorException ex) {
                UnmadeListeners.forget(beans);
                throw new StartupMigrationException("migrator", ex);
            }
        }
    }

    /** Who is told what the migrators do; nobody, where a command does it. */
    @Configuration(proxyBeanMethods = false)
    @Conditional(OnUsualStart.class)
    static class Listeners {

        @Bean
        static MigratorListeners migratorListeners(ConfigurableListableBeanFactory beans) {
            return new MigratorListeners(beans);
        }

        @Bean
        ApplicationEvents migratorApplicationEvents(ApplicationEventPublisher publisher) {
            return new ApplicationEvents(publisher);
        }
    }

    /** What is needed only where something runs. */
    @Configuration(proxyBeanMethods = false)
    @Conditional({OnUsualStart.class, OnEnabled.class})
    @Import(StartTrigger.class)
    static class Startup {

        @Bean
        StartupMigration startupMigration(
                ConfigurableListableBeanFactory beans, MigrationGate gate, MigratorProperties properties) {
            StartupWork work =
                    new StartupWork(properties.mode(), properties.waiting().timeout());
            return new StartupMigration(beans, gate, work, properties.failOnError());
        }

        @Bean
        StopAtClose migratorStopAtClose(StartupMigration migration, ApplicationContext context) {
            return new StopAtClose(migration, context);
        }

        /** Defined after the bean that it corrects, and so told of events after it. */
        @Bean
        AvailabilityGuard migratorAvailabilityGuard(MigrationGate gate, ApplicationContext context) {
            return new AvailabilityGuard(gate, context);
        }
    }
}
