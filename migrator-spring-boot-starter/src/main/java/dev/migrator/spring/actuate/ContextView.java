package dev.migrator.spring.actuate;

import dev.migrator.MigratorStatus;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the migrators of one application context stand, as far as the reader may know it.
 *
 * @param id the context's id
 * @param parentId the parent context's id, or null
 * @param migrators by the names of the beans
 */
public record ContextView(String id, @Nullable String parentId, Map<String, MigratorStatus> migrators) {}
