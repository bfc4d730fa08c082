package dev.migrator.spring.autoconfigure;

import dev.migrator.Migrator;
import dev.migrator.spring.actuate.ExposureHint;
import dev.migrator.spring.actuate.MigrationsEndpoint;
import dev.migrator.spring.actuate.Migrators;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

/** Shows the migrations at {@code /actuator/migrations}, where the actuator is there and exposes it. */
@AutoConfiguration(after = MigratorAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
public final class MigrationsEndpointAutoConfiguration {

    /** The condition stands here and not at the class, where Spring would load it without an actuator too. */
    @Bean
    @ConditionalOnAvailableEndpoint
    @ConditionalOnBean(Migrator.class)
    @ConditionalOnMissingBean
    MigrationsEndpoint migrationsEndpoint(ApplicationContext context, MigratorProperties properties) {
        return new MigrationsEndpoint(context, new Migrators(properties.enabled()));
    }

    @Bean
    @ConditionalOnWebApplication
    @ConditionalOnBean(Migrator.class)
    @ConditionalOnMissingBean(MigrationsEndpoint.class)
    ExposureHint migrationsExposureHint() {
        return new ExposureHint();
    }
}
