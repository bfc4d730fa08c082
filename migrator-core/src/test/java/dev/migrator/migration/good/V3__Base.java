package dev.migrator.migration.good;

import dev.migrator.migration.JavaMigration;
import dev.migrator.migration.MigrationContext;

/** Abstract: what migrations have in common. */
abstract class V3__Base implements JavaMigration {

    @Override
    public void migrate(MigrationContext context) {
        // nothing
    }
}
