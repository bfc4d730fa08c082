package dev.migrator.spring.autoconfigure;

import dev.migrator.Migrator;
import dev.migrator.spring.observe.MigratorObservations;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.annotation.Order;

/** Observes the migrations, where there is an observation registry. */
@AutoConfiguration(
        after = MigratorAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean({Migrator.class, ObservationRegistry.class})
@Conditional(OnUsualStart.class)
public final class MigratorObservationAutoConfiguration {

    /** The first that is told: whatever the others do belongs to what is observed. */
    @Bean
    @ConditionalOnMissingBean
    @Order(Integer.MIN_VALUE)
    MigratorObservations migratorObservations(ObjectProvider<ObservationRegistry> registry) {
        return new MigratorObservations(registry);
    }
}
