package dev.migrator.migration.bad;

import dev.migrator.migration.JavaMigration;
import dev.migrator.migration.MigrationContext;

/** Its static initializer fails. */
final class V4__Fails_at_first_use implements JavaMigration {

    private static final int NUMBER = Integer.parseInt("no number");

    @Override
    public void migrate(MigrationContext context) {
        context.progress(NUMBER, NUMBER);
    }
}
