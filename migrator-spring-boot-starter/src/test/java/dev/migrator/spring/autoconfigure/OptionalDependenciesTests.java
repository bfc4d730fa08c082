package dev.migrator.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.Migrator;
import dev.migrator.spring.actuate.ExposureHint;
import dev.migrator.spring.actuate.MigrationsEndpoint;
import dev.migrator.spring.actuate.MigrationsHealthIndicator;
import dev.migrator.spring.actuate.MigrationsInfoContributor;
import dev.migrator.spring.events.ApplicationEvents;
import dev.migrator.spring.observe.MigratorMeters;
import dev.migrator.spring.observe.MigratorObservations;
import dev.migrator.spring.startup.MigrateWhenReady;
import dev.migrator.spring.test.Postgres;
import dev.migrator.spring.web.reactive.HoldOffWebFilter;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletPath;

class OptionalDependenciesTests {

    private static final String FILTER = "migratorHoldOffFilter";

    private static final AutoConfigurations ALL = AutoConfigurations.of(
            DataSourceAutoConfiguration.class,
            MigratorAutoConfiguration.class,
            HoldOffAutoConfiguration.class,
            MigrationsEndpointAutoConfiguration.class,
            MigrationsHealthAutoConfiguration.class,
            MigrationsInfoAutoConfiguration.class,
            MigratorMetricsAutoConfiguration.class,
            MigratorObservationAutoConfiguration.class);

    private static final AutoConfigurations MICROMETER = AutoConfigurations.of(
            MetricsAutoConfiguration.class,
            CompositeMeterRegistryAutoConfiguration.class,
            SimpleMetricsExportAutoConfiguration.class,
            ObservationAutoConfiguration.class);

    private static final String[] PROPERTIES = {
        "spring.datasource.url=" + Postgres.unreachable(), "management.endpoints.web.exposure.include=migrations"
    };

    private final ApplicationContextRunner plain =
            new ApplicationContextRunner().withConfiguration(ALL).withPropertyValues(PROPERTIES);
    private final WebApplicationContextRunner servlet =
            new WebApplicationContextRunner().withConfiguration(ALL).withPropertyValues(PROPERTIES);
    private final ReactiveWebApplicationContextRunner reactive =
            new ReactiveWebApplicationContextRunner().withConfiguration(ALL).withPropertyValues(PROPERTIES);

    @Test
    void anApplicationWithoutWebHasNoFilter() {
        plain.run(context -> assertThat(context)
                .hasNotFailed()
                .doesNotHaveBean(FILTER)
                .doesNotHaveBean(HoldOffWebFilter.class)
                .hasSingleBean(MigrationsEndpoint.class)
                .hasSingleBean(MigrationsHealthIndicator.class));
    }

    @Test
    void aServletApplicationHasTheFilterOfItsStackOnly() {
        servlet.run(
                context -> assertThat(context).hasNotFailed().hasBean(FILTER).doesNotHaveBean(HoldOffWebFilter.class));
    }

    @Test
    void aReactiveApplicationHasTheFilterOfItsStackOnly() {
        reactive.run(context -> assertThat(context)
                .hasNotFailed()
                .hasSingleBean(HoldOffWebFilter.class)
                .doesNotHaveBean(FILTER));
    }

    @Test
    void aServletApplicationNeedsNeitherWebFluxNorReactor() {
        servlet.withClassLoader(new FilteredClassLoader(
                        "org.springframework.boot.webflux", "org.springframework.web.reactive", "reactor"))
                .run(context -> assertThat(context).hasNotFailed().hasBean(FILTER));
    }

    @Test
    void aReactiveApplicationNeedsNeitherTheServletApiNorMvc() {
        reactive.withClassLoader(new FilteredClassLoader(
                        "jakarta.servlet",
                        "org.springframework.boot.webmvc",
                        "org.springframework.web.servlet",
                        "org.springframework.boot.web.servlet"))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(HoldOffWebFilter.class));
    }

    @Test
    void aServletApplicationNeedsNoDispatcherServlet() {
        servlet.withClassLoader(new FilteredClassLoader(DispatcherServletPath.class))
                .run(context -> assertThat(context).hasNotFailed().hasBean(FILTER));
    }

    @Test
    void requestsAreHeldOffWithoutAnActuatorToo() {
        servlet.withClassLoader(withoutActuator()).run(context -> assertThat(context)
                .hasNotFailed()
                .hasBean(FILTER)
                .doesNotHaveBean(MigrationsEndpoint.class)
                .doesNotHaveBean(MigrationsHealthIndicator.class));
        reactive.withClassLoader(withoutActuator()).run(context -> assertThat(context)
                .hasNotFailed()
                .hasSingleBean(HoldOffWebFilter.class)
                .doesNotHaveBean(MigrationsEndpoint.class));
    }

    @Test
    void aPlainApplicationNeedsNoneOfThem() {
        plain.withClassLoader(new FilteredClassLoader(
                        "org.springframework.boot.actuate",
                        "org.springframework.boot.health",
                        "org.springframework.boot.webmvc",
                        "org.springframework.boot.webflux",
                        "org.springframework.web",
                        "jakarta.servlet",
                        "jakarta.persistence",
                        "org.hibernate",
                        "reactor"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(Migrator.class)
                        .hasSingleBean(MigrateWhenReady.class));
    }

    @Test
    void theEndpointNeedsNoHealthAndTheHealthNoEndpoint() {
        plain.withClassLoader(new FilteredClassLoader("org.springframework.boot.health"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(MigrationsEndpoint.class)
                        .doesNotHaveBean(MigrationsHealthIndicator.class));
        plain.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(MigrationsHealthIndicator.class)
                        .doesNotHaveBean(MigrationsEndpoint.class));
    }

    @Test
    void anEndpointThatIsNotExposedIsNotMadeAndAHintSaysHowToExposeIt() {
        servlet.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ExposureHint.class));
        servlet.withPropertyValues("management.endpoints.web.exposure.include=health")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(MigrationsEndpoint.class)
                        .hasSingleBean(ExposureHint.class));
    }

    @Test
    void whatMeasuresIsThereWhereMicrometerIs() {
        plain.withConfiguration(MICROMETER).run(context -> assertThat(context)
                .hasNotFailed()
                .hasSingleBean(MigratorMeters.class)
                .hasSingleBean(MigratorObservations.class)
                .hasSingleBean(MigrationsInfoContributor.class));
    }

    @Test
    void whatMeasuresBacksOffWithoutARegistryAndWithoutMicrometer() {
        plain.run(context -> assertThat(context)
                .hasNotFailed()
                .hasSingleBean(ApplicationEvents.class)
                .doesNotHaveBean("migratorMeters")
                .doesNotHaveBean("migratorObservations"));
        plain.withClassLoader(new FilteredClassLoader(
                        "io.micrometer.core",
                        "org.springframework.boot.micrometer",
                        "org.springframework.boot.actuate",
                        "org.springframework.boot.health"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(ApplicationEvents.class)
                        .doesNotHaveBean("migratorMeters")
                        .doesNotHaveBean("migratorObservations")
                        .doesNotHaveBean("migrationsInfoContributor"));
        plain.withBean(ObservationRegistry.class, ObservationRegistry::create)
                .withClassLoader(new FilteredClassLoader("io.micrometer.core", "org.springframework.boot.micrometer"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasBean("migratorObservations")
                        .doesNotHaveBean("migratorMeters"));
    }

    @Test
    void theInfoContributorCanBeTurnedOffByItselfAndWithAllOthers() {
        for (String property :
                new String[] {"management.info.migrations.enabled", "management.info.defaults.enabled"}) {
            plain.withPropertyValues(property + "=false")
                    .run(context ->
                            assertThat(context).hasNotFailed().doesNotHaveBean(MigrationsInfoContributor.class));
        }
    }

    @Test
    void theHealthContributorCanBeTurnedOff() {
        plain.withPropertyValues("management.health.migrations.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(MigrationsHealthIndicator.class));
    }

    @Test
    void nothingIsHeldOffWhereNothingRunsOrNobodyWantsIt() {
        for (String property : new String[] {"migrator.enabled=false", "migrator.hold-off.enabled=false"}) {
            servlet.withPropertyValues(property)
                    .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(FILTER));
            reactive.withPropertyValues(property)
                    .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(HoldOffWebFilter.class));
        }
    }

    @Test
    void whatReadsAsTrueHoldsRequestsOff() {
        for (String property : new String[] {"migrator.enabled=1", "migrator.hold-off.enabled=yes"}) {
            servlet.withPropertyValues(property)
                    .run(context -> assertThat(context).hasNotFailed().hasBean(FILTER));
        }
    }

    @Test
    void theOptionalPartsBackOffWithoutADatabase() {
        new WebApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        MigratorAutoConfiguration.class,
                        HoldOffAutoConfiguration.class,
                        MigrationsEndpointAutoConfiguration.class,
                        MigrationsHealthAutoConfiguration.class))
                .withPropertyValues("management.endpoints.web.exposure.include=migrations")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(FILTER)
                        .doesNotHaveBean(MigrationsEndpoint.class)
                        .doesNotHaveBean(MigrationsHealthIndicator.class));
    }

    private static FilteredClassLoader withoutActuator() {
        return new FilteredClassLoader(
                PathMappedEndpoints.class.getPackageName(),
                "org.springframework.boot.actuate",
                "org.springframework.boot.health");
    }
}
