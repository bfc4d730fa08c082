package dev.migrator.spring.autoconfigure;

import dev.migrator.Migrator;
import dev.migrator.spring.actuate.MigrationsHealthIndicator;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Adds {@code migrations} to the application's health; {@code management.health.migrations.enabled=false} takes it away. */
@AutoConfiguration(after = MigratorAutoConfiguration.class)
@ConditionalOnClass({ConditionalOnEnabledHealthIndicator.class, HealthIndicator.class})
@ConditionalOnBean(Migrator.class)
public final class MigrationsHealthAutoConfiguration {

    /** The condition stands here and not at the class, where Spring would load it without a health module too. */
    @Bean
    @ConditionalOnEnabledHealthIndicator("migrations")
    @ConditionalOnMissingBean(name = "migrationsHealthIndicator")
    MigrationsHealthIndicator migrationsHealthIndicator(
            ListableBeanFactory beans, MigratorProperties properties, Environment environment) {
        return new MigrationsHealthIndicator(beans, properties.enabled(), BareHealth.in(environment));
    }
}
