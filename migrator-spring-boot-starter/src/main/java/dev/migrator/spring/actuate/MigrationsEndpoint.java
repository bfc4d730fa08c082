package dev.migrator.spring.actuate;

import dev.migrator.MigratorStatus;
import dev.migrator.spring.actuate.MigrationsDescriptor.ContextDescriptor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.Selector.Match;

/**
 * Shows the migrations of this context's migrators and of its parents', also while they run.
 *
 * <p>On the web {@link MigrationsWebExtension} stands in its place, which knows who asks; elsewhere, as over JMX, nobody is known
 * to, and nothing can be operated. It only reads unless {@code management.endpoint.migrations.access} says otherwise.
 */
@Endpoint(id = "migrations", defaultAccess = Access.READ_ONLY)
public final class MigrationsEndpoint {

    private final MigratorsView view;

    public MigrationsEndpoint(MigratorsView view) {
        this.view = view;
    }

    /** All migrations. */
    @ReadOperation
    public MigrationsDescriptor migrations() {
        return migrations(SecurityContext.NONE);
    }

    /**
     * One migration; null, which is answered with 404, where there is none.
     *
     * @param name a version, or a script's name with or without the folders before it
     */
    @ReadOperation
    public @Nullable MigrationsDescriptor migration(@Selector(match = Match.ALL_REMAINING) String... name) {
        return migration(SecurityContext.NONE, String.join("/", name));
    }

    MigrationsDescriptor migrations(SecurityContext reader) {
        return describe(reader, null);
    }

    @Nullable
    MigrationsDescriptor migration(SecurityContext reader, String name) {
        MigrationsDescriptor found = describe(reader, name);
        return found.isEmpty() ? null : found;
    }

    private MigrationsDescriptor describe(SecurityContext reader, @Nullable String wanted) {
        Map<String, ContextDescriptor> contexts = new LinkedHashMap<>();
        for (ContextView context : view.contexts(reader)) {
            Map<String, MigratorDescriptor> beans = new LinkedHashMap<>();
            context.migrators()
                    .forEach((name, status) -> beans.put(name, describe(reader, context, name, status, wanted)));
            contexts.put(context.id(), new ContextDescriptor(beans, context.parentId()));
        }
        return new MigrationsDescriptor(contexts);
    }

    private MigratorDescriptor describe(
            SecurityContext reader, ContextView context, String bean, MigratorStatus status, @Nullable String wanted) {
        List<DetailsDescriptor> details = wanted == null || !view.allowsDetails(reader)
                ? null
                : view.details(context.id(), bean, wanted, reader).stream()
                        .map(DetailsDescriptor::of)
                        .toList();
        return MigratorDescriptor.of(
                status, view.enabled(), migration -> wanted == null || migration.isCalled(wanted), details);
    }
}
