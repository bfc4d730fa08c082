package dev.migrator.spring.autoconfigure;

import dev.migrator.Migrator;
import dev.migrator.spring.actuate.Disclosure;
import dev.migrator.spring.actuate.ExposureHint;
import dev.migrator.spring.actuate.MigrationsEndpoint;
import dev.migrator.spring.actuate.MigrationsWebExtension;
import dev.migrator.spring.actuate.Migrators;
import dev.migrator.spring.actuate.MigratorsView;
import java.util.Set;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

/** Shows the migrations at {@code /actuator/migrations}, where the actuator is there and exposes it. */
@AutoConfiguration(after = MigratorAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@EnableConfigurationProperties(MigrationsEndpointProperties.class)
public final class MigrationsEndpointAutoConfiguration {

    /** The condition stands here and not at the class, where Spring would load it without an actuator too. */
    @Bean
    @ConditionalOnAvailableEndpoint(endpoint = MigrationsEndpoint.class)
    @ConditionalOnBean(Migrator.class)
    @ConditionalOnMissingBean
    MigratorsView migratorsView(
            ApplicationContext context, MigratorProperties properties, MigrationsEndpointProperties endpoint) {
        return new MigratorsView(
                context,
                new Migrators(properties.enabled()),
                new Disclosure(endpoint.showDetails(), Set.copyOf(endpoint.roles())));
    }

    @Bean
    @ConditionalOnAvailableEndpoint
    @ConditionalOnBean(MigratorsView.class)
    @ConditionalOnMissingBean
    MigrationsEndpoint migrationsEndpoint(MigratorsView view) {
        return new MigrationsEndpoint(view);
    }

    @Bean
    @ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB)
    @ConditionalOnBean(MigrationsEndpoint.class)
    @ConditionalOnMissingBean
    MigrationsWebExtension migrationsWebExtension(MigrationsEndpoint endpoint) {
        return new MigrationsWebExtension(endpoint);
    }

    @Bean
    @ConditionalOnWebApplication
    @ConditionalOnBean(Migrator.class)
    @ConditionalOnMissingBean(MigrationsEndpoint.class)
    ExposureHint migrationsExposureHint() {
        return new ExposureHint();
    }
}
