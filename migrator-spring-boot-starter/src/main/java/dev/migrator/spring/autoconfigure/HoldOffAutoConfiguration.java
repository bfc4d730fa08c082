package dev.migrator.spring.autoconfigure;

import dev.migrator.spring.startup.MigrationGate;
import dev.migrator.spring.web.ActuatorPaths;
import dev.migrator.spring.web.ExemptPaths;
import dev.migrator.spring.web.HoldOff;
import dev.migrator.spring.web.reactive.HoldOffWebFilter;
import dev.migrator.spring.web.servlet.HoldOffFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webflux.filter.OrderedWebFilter;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletPath;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/** Holds requests off until the gate opens, and lets the actuator answer meanwhile. */
@AutoConfiguration(after = MigratorAutoConfiguration.class)
@ConditionalOnWebApplication
@ConditionalOnBean(MigrationGate.class)
@Conditional(OnHoldOff.class)
public final class HoldOffAutoConfiguration {

    /** Finds the paths that are let through, given what stands before them. */
    interface Exempt extends Function<String, ExemptPaths> {}

    /** Asked lazily: the endpoints are made long after the web server. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(PathMappedEndpoints.class)
    static class WithActuator {

        @Bean
        Exempt migratorExemptPaths(ObjectProvider<PathMappedEndpoints> endpoints, Environment environment) {
            return prefix -> {
                PathMappedEndpoints known = endpoints.getIfAvailable();
                return known == null ? ExemptPaths.none() : ActuatorPaths.of(known, environment, prefix);
            };
        }
    }

    private static HoldOff holdOff(
            MigrationGate gate, MigratorProperties properties, ObjectProvider<Exempt> exempt, Supplier<String> prefix) {
        MigratorProperties.HoldOff settings = properties.holdOff();
        // one that was turned off after the application was built ahead of time is still there
        MigrationGate heeded = settings.enabled() ? gate : MigrationGate.alwaysOpen();
        return new HoldOff(heeded, settings.patience(), settings.retryAfter(), () -> {
            Exempt known = exempt.getIfAvailable();
            return known == null ? ExemptPaths.none() : known.apply(prefix.get());
        });
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = Type.SERVLET)
    @ConditionalOnClass({Filter.class, FilterRegistrationBean.class})
    static class Servlet {

        @Bean
        FilterRegistrationBean<HoldOffFilter> migratorHoldOffFilter(
                MigrationGate gate,
                MigratorProperties properties,
                ObjectProvider<Exempt> exempt,
                ApplicationContext context) {
            HoldOff holdOff = holdOff(gate, properties, exempt, new ServletPrefix(context));
            FilterRegistrationBean<HoldOffFilter> registration =
                    new FilterRegistrationBean<>(new HoldOffFilter(holdOff));
            registration.setName("migratorHoldOff");
            registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
            registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
            registration.setAsyncSupported(true);
            return registration;
        }
    }

    /** The path of the servlet that serves the actuator; looked for when it is asked for, and no bean of its own. */
    private record ServletPrefix(ApplicationContext context) implements Supplier<String> {

        @Override
        public String get() {
            boolean dispatched = ClassUtils.isPresent(
                    "org.springframework.boot.webmvc.autoconfigure.DispatcherServletPath", context.getClassLoader());
            return dispatched ? Dispatched.prefixIn(context) : "";
        }
    }

    /** Loaded only where Spring MVC is there. */
    private static final class Dispatched {

        static String prefixIn(ApplicationContext context) {
            DispatcherServletPath known =
                    context.getBeanProvider(DispatcherServletPath.class).getIfAvailable();
            return known == null ? "" : known.getPrefix();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = Type.REACTIVE)
    @ConditionalOnClass(OrderedWebFilter.class)
    static class Reactive {

        @Bean
        HoldOffWebFilter migratorHoldOffWebFilter(
                MigrationGate gate,
                MigratorProperties properties,
                ObjectProvider<Exempt> exempt,
                ApplicationContext context) {
            return new HoldOffWebFilter(holdOff(gate, properties, exempt, () -> ""), context);
        }
    }
}
