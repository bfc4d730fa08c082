package dev.migrator.spring.test;

import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;

/**
 * An application with Spring Security: everybody may read, ada (of the operators) may do more, bob has logged in. Their
 * passwords are their names.
 */
@Configuration(proxyBeanMethods = false)
@Import(WebApplication.class)
public class SecuredApplication {

    /** What the audit was told. */
    public static class Audit {

        private final List<AuditApplicationEvent> events = new ArrayList<>();

        @EventListener
        public synchronized void on(AuditApplicationEvent event) {
            events.add(event);
        }

        /** As {@code ada MIGRATIONS_MIGRATE {migrator=migrator}}. */
        public synchronized List<String> ofMigrations() {
            return events.stream()
                    .map(AuditApplicationEvent::getAuditEvent)
                    .filter(event -> event.getType().startsWith("MIGRATIONS"))
                    .map(event -> event.getPrincipal() + " " + event.getType() + " " + event.getData())
                    .toList();
        }
    }

    @Bean
    Audit audit() {
        return new Audit();
    }

    private static UserDetails user(String name, String role) {
        return User.withUsername(name).password("{noop}" + name).roles(role).build();
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = Type.SERVLET)
    static class Servlet {

        @Bean
        UserDetailsService users() {
            return new InMemoryUserDetailsManager(user("ada", "OPERATOR"), user("bob", "READER"));
        }

        @Bean
        SecurityFilterChain security(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.requestMatchers(HttpMethod.POST, "/**")
                            .hasRole("OPERATOR")
                            .anyRequest()
                            .permitAll())
                    .httpBasic(Customizer.withDefaults())
                    .csrf(csrf -> csrf.ignoringRequestMatchers("/actuator/migrations"))
                    .build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = Type.REACTIVE)
    static class Reactive {

        @Bean
        MapReactiveUserDetailsService users() {
            return new MapReactiveUserDetailsService(user("ada", "OPERATOR"), user("bob", "READER"));
        }

        @Bean
        SecurityWebFilterChain security(ServerHttpSecurity http) {
            return http.authorizeExchange(exchanges -> exchanges
                            .pathMatchers(HttpMethod.POST, "/**")
                            .hasRole("OPERATOR")
                            .anyExchange()
                            .permitAll())
                    .anonymous(Customizer.withDefaults())
                    .httpBasic(Customizer.withDefaults())
                    .csrf(ServerHttpSecurity.CsrfSpec::disable)
                    .build();
        }
    }
}
