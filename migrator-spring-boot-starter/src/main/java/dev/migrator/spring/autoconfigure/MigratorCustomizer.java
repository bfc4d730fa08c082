package dev.migrator.spring.autoconfigure;

import dev.migrator.Migrator;
import dev.migrator.MigratorBuilder;

/**
 * Has the last word on the auto-configured {@link Migrator}: beans of this type are called in their order, after the
 * properties were applied. A {@code Migrator} that the application defines itself is not touched.
 */
@FunctionalInterface
public interface MigratorCustomizer {

    void customize(MigratorBuilder builder);
}
