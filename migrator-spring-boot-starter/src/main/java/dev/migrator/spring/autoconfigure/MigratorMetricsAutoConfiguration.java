package dev.migrator.spring.autoconfigure;

import dev.migrator.Migrator;
import dev.migrator.spring.observe.MigratorMeters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.MeterObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.util.function.BooleanSupplier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/** Measures the migrations, where Micrometer is there. */
@AutoConfiguration(
        after = MigratorAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({Migrator.class, MeterRegistry.class})
@Conditional(OnUsualStart.class)
public final class MigratorMetricsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    MigratorMeters migratorMeters(ConfigurableListableBeanFactory beans) {
        // leaves out one that is just being made, and whose DataSource wants the meters: no reason to end its start
        return new MigratorMeters(() -> beans.getBeansOfType(Migrator.class), timedByObservations(beans));
    }

    /** By names only: nothing is made for the sake of the question. */
    private static BooleanSupplier timedByObservations(ConfigurableListableBeanFactory beans) {
        return () -> isThere(beans, ObservationRegistry.class) && isThere(beans, MeterObservationHandler.class);
    }

    private static boolean isThere(ConfigurableListableBeanFactory beans, Class<?> type) {
        return beans.getBeanNamesForType(type, true, false).length > 0;
    }
}
