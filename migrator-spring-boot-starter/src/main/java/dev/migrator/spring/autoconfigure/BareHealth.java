package dev.migrator.spring.autoconfigure;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Whether health must do without the words of problems, and who holds the lock: it does not know who asks, so it has them only
 * where whoever sees its details may see the endpoint's too. The properties are asked for by their names, since health may be
 * there without the actuator, and so without their types.
 */
final class BareHealth {

    private static final String ALWAYS = "always";
    private static final String NEVER = "never";

    private BareHealth() {}

    /** One of health's groups; one that is private is not bound. */
    record Group(@Nullable String showDetails) {}

    static boolean in(Environment environment) {
        Binder binder = Binder.get(environment);
        String endpoint = text(binder, "migrator.endpoint.show-details");
        if (ALWAYS.equalsIgnoreCase(endpoint)) {
            return false;
        }
        return NEVER.equalsIgnoreCase(endpoint)
                || ALWAYS.equalsIgnoreCase(text(binder, "management.endpoint.health.show-details"))
                || binder
                        .bind("management.endpoint.health.group", Bindable.mapOf(String.class, Group.class))
                        .orElse(Map.of())
                        .values()
                        .stream()
                        .anyMatch(group -> ALWAYS.equalsIgnoreCase(group.showDetails()));
    }

    private static @Nullable String text(Binder binder, String property) {
        return binder.bind(property, String.class).orElse(null);
    }
}
