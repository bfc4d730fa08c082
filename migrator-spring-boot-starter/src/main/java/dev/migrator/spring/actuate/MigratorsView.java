package dev.migrator.spring.actuate;

import dev.migrator.MigrationDetails;
import dev.migrator.Migrator;
import dev.migrator.MigratorStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.context.ApplicationContext;

/**
 * All that a reader may see of the migrators of a context and of its parents: what answers in JSON and what answers with a
 * page both look here, so that neither shows more than the other.
 */
public final class MigratorsView {

    private final ApplicationContext context;
    private final Migrators migrators;
    private final Disclosure disclosure;

    public MigratorsView(ApplicationContext context, Migrators migrators, Disclosure disclosure) {
        this.context = context;
        this.migrators = migrators;
        this.disclosure = disclosure;
    }

    /** Whether migrators run in this application. */
    public boolean enabled() {
        return migrators.enabled();
    }

    /** Whether this reader may see details. */
    public boolean allowsDetails(SecurityContext reader) {
        return disclosure.allows(reader);
    }

    /** How all migrators stand, the innermost context first; without details for a reader who may not see them. */
    public List<ContextView> contexts(SecurityContext reader) {
        List<ContextView> contexts = new ArrayList<>();
        for (ApplicationContext each = context; each != null; each = each.getParent()) {
            Map<String, MigratorStatus> beans = new LinkedHashMap<>();
            each.getBeansOfType(Migrator.class)
                    .forEach((name, migrator) -> beans.put(name, disclosure.of(migrators.status(migrator), reader)));
            ApplicationContext parent = each.getParent();
            contexts.add(new ContextView(
                    String.valueOf(each.getId()), parent == null ? null : String.valueOf(parent.getId()), beans));
        }
        return contexts;
    }

    /**
     * All that is known of single migrations; nothing for a reader who may not see details.
     *
     * @param contextId the context's id
     * @param migrator the bean's name
     * @param name a version, or a script's name with or without the folders before it
     */
    public List<MigrationDetails> details(String contextId, String migrator, String name, SecurityContext reader) {
        if (!allowsDetails(reader)) {
            return List.of();
        }
        for (ApplicationContext each = context; each != null; each = each.getParent()) {
            if (contextId.equals(String.valueOf(each.getId()))) {
                Migrator bean = each.getBeansOfType(Migrator.class).get(migrator);
                return bean == null ? List.of() : bean.details(name);
            }
        }
        return List.of();
    }
}
