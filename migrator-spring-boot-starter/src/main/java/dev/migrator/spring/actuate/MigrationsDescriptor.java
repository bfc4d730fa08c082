package dev.migrator.spring.actuate;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What the endpoint answers.
 *
 * @param contexts by the application contexts' ids
 */
public record MigrationsDescriptor(Map<String, ContextDescriptor> contexts) implements OperationResponseBody {

    boolean isEmpty() {
        return contexts.values().stream()
                .flatMap(context -> context.migrators().values().stream())
                .allMatch(migrator -> migrator.migrations().isEmpty());
    }

    /**
     * One application context.
     *
     * @param migrators by the names of the beans
     * @param parentId the parent context's id, or null
     */
    public record ContextDescriptor(
            Map<String, MigratorDescriptor> migrators,
            @Nullable String parentId) {}
}
