package dev.migrator.migration.bad;

import dev.migrator.migration.JavaMigration;
import dev.migrator.migration.MigrationContext;

/** Cannot be made. */
final class V2__Throws implements JavaMigration {

    V2__Throws() {
        throw new IllegalStateException("not today");
    }

    @Override
    public void migrate(MigrationContext context) {
        // nothing
    }
}
