package dev.migrator.spring.autoconfigure;

import dev.migrator.Migrator;
import dev.migrator.spring.actuate.MigrationsInfoContributor;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Adds {@code migrations} to {@code /actuator/info}; {@code management.info.migrations.enabled=false} takes it away. */
@AutoConfiguration(after = MigratorAutoConfiguration.class)
@ConditionalOnClass({ConditionalOnEnabledInfoContributor.class, InfoContributor.class})
@ConditionalOnBean(Migrator.class)
public final class MigrationsInfoAutoConfiguration {

    /** The condition stands here and not at the class, where Spring would load it without an actuator too. */
    @Bean
    @ConditionalOnEnabledInfoContributor("migrations")
    @ConditionalOnMissingBean
    MigrationsInfoContributor migrationsInfoContributor(ListableBeanFactory beans, MigratorProperties properties) {
        return new MigrationsInfoContributor(beans, properties.enabled());
    }
}
