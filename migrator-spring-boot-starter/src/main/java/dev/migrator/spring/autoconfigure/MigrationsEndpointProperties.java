package dev.migrator.spring.autoconfigure;

import java.util.List;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the endpoint shows. It stands by itself because an application without an actuator lacks the type.
 *
 * @param showDetails When to show SQL, error texts, and where and by whom migrations were run.
 * @param roles Roles that may see details where that is 'when-authorized'. When empty, whoever is authenticated may.
 */
@ConfigurationProperties("migrator.endpoint")
public record MigrationsEndpointProperties(
        @DefaultValue("when-authorized") Show showDetails,
        @DefaultValue List<String> roles) {}
