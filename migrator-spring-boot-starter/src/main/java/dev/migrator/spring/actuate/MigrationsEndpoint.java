package dev.migrator.spring.actuate;

import dev.migrator.MigrationInfo;
import dev.migrator.Migrator;
import dev.migrator.spring.actuate.MigrationsDescriptor.ContextDescriptor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.Selector.Match;
import org.springframework.context.ApplicationContext;

/**
 * Shows the migrations of this context's migrators and of its parents', also while they run.
 *
 * <p>It gives JSON; a page for browsers belongs in an {@code EndpointWebExtension} beside it, which must not declare JSON again.
 */
@Endpoint(id = "migrations")
public final class MigrationsEndpoint {

    private final ApplicationContext context;
    private final Migrators migrators;

    public MigrationsEndpoint(ApplicationContext context, Migrators migrators) {
        this.context = context;
        this.migrators = migrators;
    }

    /** All migrations. */
    @ReadOperation
    public MigrationsDescriptor migrations() {
        return describe(migration -> true);
    }

    /**
     * One migration; null, which is answered with 404, where there is none.
     *
     * @param name a version, or a script's name with or without the folders before it
     */
    @ReadOperation
    public @Nullable MigrationsDescriptor migration(@Selector(match = Match.ALL_REMAINING) String... name) {
        String wanted = String.join("/", name);
        MigrationsDescriptor found = describe(migration -> wanted.equals(migration.version())
                || migration.script().equals(wanted)
                || migration.script().endsWith("/" + wanted));
        return found.isEmpty() ? null : found;
    }

    private MigrationsDescriptor describe(Predicate<MigrationInfo> shown) {
        Map<String, ContextDescriptor> contexts = new LinkedHashMap<>();
        for (ApplicationContext each = context; each != null; each = each.getParent()) {
            contexts.put(String.valueOf(each.getId()), describe(each, shown));
        }
        return new MigrationsDescriptor(contexts);
    }

    private ContextDescriptor describe(ApplicationContext each, Predicate<MigrationInfo> shown) {
        Map<String, MigratorDescriptor> beans = new LinkedHashMap<>();
        each.getBeansOfType(Migrator.class)
                .forEach((name, migrator) ->
                        beans.put(name, MigratorDescriptor.of(migrators.status(migrator), migrators.enabled(), shown)));
        ApplicationContext parent = each.getParent();
        return new ContextDescriptor(beans, parent == null ? null : parent.getId());
    }
}
