// template: a class, in one transaction
package {{package}};

import dev.migrator.migration.JavaMigration;
import dev.migrator.migration.MigrationContext;
import java.sql.SQLException;

/**
 * {{description}}.
 *
 * <p>The runner opens the transaction, writes the history row in it, and commits.
 */
public final class {{class}} implements JavaMigration {

    @Override
    public void migrate(MigrationContext context) throws SQLException {
        // context.connection() is the one to use, and context.schema() answers what exists;
        // what context.progress(done, total) says is shown while this runs
        throw new UnsupportedOperationException("{{class}} is not written yet");
    }
    // rollback begins

    @Override
    public void rollback(MigrationContext context) throws SQLException {
        throw new UnsupportedOperationException("The rollback of {{class}} is not written yet");
    }
    // rollback ends
}
