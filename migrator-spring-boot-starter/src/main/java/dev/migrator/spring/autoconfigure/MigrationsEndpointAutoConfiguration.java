package dev.migrator.spring.autoconfigure;

import dev.migrator.Migrator;
import dev.migrator.spring.actuate.Disclosure;
import dev.migrator.spring.actuate.ExposureHint;
import dev.migrator.spring.actuate.MigrationsEndpoint;
import dev.migrator.spring.actuate.MigrationsPages;
import dev.migrator.spring.actuate.MigrationsWebExtension;
import dev.migrator.spring.actuate.Migrators;
import dev.migrator.spring.actuate.MigratorsView;
import dev.migrator.spring.actuate.OperationRuns;
import dev.migrator.spring.actuate.Operations;
import dev.migrator.spring.actuate.RunPermission;
import dev.migrator.spring.startup.MigrationGate;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.EndpointAccessResolver;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.util.function.SingletonSupplier;

/** Shows the migrations at {@code /actuator/migrations}, where the actuator is there and exposes it. */
@AutoConfiguration(after = MigratorAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@EnableConfigurationProperties(MigrationsEndpointProperties.class)
public final class MigrationsEndpointAutoConfiguration {

    private static final EndpointId ID = EndpointId.of("migrations");

    /** The condition stands here and not at the class, where Spring would load it without an actuator too. */
    @Bean
    @ConditionalOnAvailableEndpoint(endpoint = MigrationsEndpoint.class)
    @ConditionalOnBean(Migrator.class)
    Disclosure migrationsDisclosure(MigrationsEndpointProperties properties) {
        return new Disclosure(properties.showDetails(), Set.copyOf(properties.roles()));
    }

    @Bean
    @ConditionalOnBean(Disclosure.class)
    MigratorsView migratorsView(ApplicationContext context, MigratorProperties properties, Disclosure disclosure) {
        return new MigratorsView(context, new Migrators(properties.enabled()), disclosure);
    }

    @Bean
    @ConditionalOnAvailableEndpoint
    @ConditionalOnBean(MigratorsView.class)
    @ConditionalOnMissingBean
    MigrationsEndpoint migrationsEndpoint(MigratorsView view) {
        return new MigrationsEndpoint(view);
    }

    @Bean
    @ConditionalOnBean(Disclosure.class)
    OperationRuns migrationsOperationRuns(ApplicationContext context) {
        return new OperationRuns(context);
    }

    @Bean
    @ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB)
    @ConditionalOnBean(MigrationsEndpoint.class)
    @ConditionalOnMissingBean
    MigrationsWebExtension migrationsWebExtension(
            MigrationsEndpoint endpoint,
            MigratorsView view,
            ObjectProvider<PathMappedEndpoints> paths,
            ObjectProvider<EndpointAccessResolver> access,
            ApplicationContext context,
            Disclosure disclosure,
            MigratorProperties properties,
            MigrationGate gate,
            OperationRuns runs) {
        RunPermission permission = new RunPermission(properties.enabled(), properties.mode(), gate);
        EndpointAccessResolver resolver = access.getIfAvailable();
        boolean writes = resolver != null && resolver.accessFor(ID, Access.READ_ONLY) == Access.UNRESTRICTED;
        MigrationsPages pages = new MigrationsPages(
                view,
                context.getEnvironment().getProperty("spring.application.name", ""),
                SingletonSupplier.of(() -> path(paths)),
                MigrationsPages.operations(writes, permission));
        return new MigrationsWebExtension(endpoint, pages, new Operations(context, disclosure, permission, runs));
    }

    private static String path(ObjectProvider<PathMappedEndpoints> paths) {
        PathMappedEndpoints known = paths.getIfAvailable();
        String path = known == null ? null : known.getPath(ID);
        return path == null ? ID.toString() : path;
    }

    @Bean
    @ConditionalOnWebApplication
    @ConditionalOnBean(Migrator.class)
    @ConditionalOnMissingBean(MigrationsEndpoint.class)
    ExposureHint migrationsExposureHint() {
        return new ExposureHint();
    }
}
