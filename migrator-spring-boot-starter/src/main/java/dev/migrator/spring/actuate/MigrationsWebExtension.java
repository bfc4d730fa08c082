package dev.migrator.spring.actuate;

import dev.migrator.page.PageFilter;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.Selector.Match;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * The endpoint on the web, where a reader may be known. An endpoint can have but one such extension, so the page for browsers
 * belongs here too; the operations that give JSON must say nothing of what they produce, or they would stand beside the
 * endpoint's own instead of in their place.
 */
@EndpointWebExtension(endpoint = MigrationsEndpoint.class)
public final class MigrationsWebExtension {

    private static final String PAGE = "text/html;charset=UTF-8";

    private final MigrationsEndpoint endpoint;
    private final MigrationsPages pages;
    private final Operations operations;

    public MigrationsWebExtension(MigrationsEndpoint endpoint, MigrationsPages pages, Operations operations) {
        this.endpoint = endpoint;
        this.pages = pages;
        this.operations = operations;
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

    /**
     * All migrations, as a page.
     *
     * @param q words that a migration must say to be shown
     * @param state the state that it must be in
     * @param part {@code now} for what changes while something runs only
     */
    @ReadOperation(produces = PAGE)
    public String page(SecurityContext reader, @Nullable String q, @Nullable String state, @Nullable String part) {
        return "now".equals(part) ? pages.now(reader) : pages.overview(reader, PageFilter.of(q, state));
    }

    /** One migration, as a page; null, which is answered with 404, where there is none. */
    @ReadOperation(produces = PAGE)
    public @Nullable String page(SecurityContext reader, @Selector(match = Match.ALL_REMAINING) String... name) {
        return pages.details(reader, String.join("/", name));
    }

    /**
     * Does something; only where {@code management.endpoint.migrations.access} is {@code unrestricted}. Only a body of JSON is
     * taken, which no form of another site can send.
     *
     * @param operation {@code migrate}, {@code validate}, {@code retry} or {@code cancel}
     * @param migrator the bean's name; may be left out where there is but one
     * @param context the id of the application context that has it; may be left out where no other one has a bean of that name
     */
    @WriteOperation
    public WebEndpointResponse<OperationDescriptor> operate(
            SecurityContext by, String operation, @Nullable String migrator, @Nullable String context) {
        return operations.operate(operation, migrator, context, by);
    }
}
