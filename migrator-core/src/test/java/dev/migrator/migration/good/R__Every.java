package dev.migrator.migration.good;

import dev.migrator.migration.JavaMigration;
import dev.migrator.migration.MigrationContext;
import java.sql.SQLException;
import java.sql.Statement;

/** Not public, and neither is its constructor: it is found nevertheless. */
final class R__Every implements JavaMigration {

    private R__Every() {}

    @Override
    public void migrate(MigrationContext context) throws SQLException {
        try (Statement statement = context.connection().createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS book (id int)");
        }
    }
}
