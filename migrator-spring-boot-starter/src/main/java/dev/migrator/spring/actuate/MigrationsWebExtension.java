package dev.migrator.spring.actuate;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.Selector.Match;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * The endpoint on the web, where a reader may be known. An endpoint can have but one such extension, so the page for browsers
 * belongs here too; the operations that give JSON must say nothing of what they produce, or they would stand beside the
 * endpoint's own instead of in their place.
 */
@EndpointWebExtension(endpoint = MigrationsEndpoint.class)
public final class MigrationsWebExtension {

    private final MigrationsEndpoint endpoint;

    public MigrationsWebExtension(MigrationsEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** All migrations. */
    @ReadOperation
    public MigrationsDescriptor migrations(SecurityContext reader) {
        return endpoint.migrations(reader);
    }

    /** One migration; null, which is answered with 404, where there is none. */
    @ReadOperation
    public @Nullable MigrationsDescriptor migration(
            SecurityContext reader, @Selector(match = Match.ALL_REMAINING) String... name) {
        return endpoint.migration(reader, String.join("/", name));
    }
}
