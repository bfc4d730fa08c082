package dev.migrator.migration.bad;

import dev.migrator.migration.JavaMigration;
import dev.migrator.migration.MigrationContext;

/** A bean, which gets what it needs from whoever makes it. */
public final class V1__Needs_something implements JavaMigration {

    public V1__Needs_something(String something) {
        if (something.isEmpty()) {
            throw new IllegalArgumentException();
        }
    }

    @Override
    public void migrate(MigrationContext context) {
        // nothing
    }
}
