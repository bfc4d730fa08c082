// template: a change of data in batches, each committed by itself
package {{package}};

import dev.migrator.migration.JavaMigration;
import dev.migrator.migration.MigrationContext;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * {{description}}.
 *
 * <p>Put your names for my_table, its key id, my_column and the value; leave the condition that tells what is not done
 * yet. Because of it, and because each batch is committed by itself, a second run does only the rest: after a crash,
 * the next start goes on by itself.
 *
 * <p>It has no rollback: nobody can tell what was filled in from what the application has written since. So a rollback
 * that would need one is refused before anything is touched.
 */
public final class {{class}} implements JavaMigration {

    private static final int BATCH = 1000;

    /** Along the key, so that no batch reads again what those before it have done. */
    private static final String CHANGE_BATCH = "with batch as ("
            + " select id from my_table where id > ? and my_column is null order by id limit " + BATCH
            + "), changed as ("
            + " update my_table set my_column = 'my value' from batch"
            + " where my_table.id = batch.id and my_table.my_column is null"
            + ") select max(id), count(*) from batch";

    /** Not one transaction for all rows, which would keep each of them locked to its end. */
    @Override
    public boolean transactional() {
        return false;
    }

    @Override
    public void migrate(MigrationContext context) throws SQLException {
        try (PreparedStatement change = context.connection().prepareStatement(CHANGE_BATCH)) {
            long last = Long.MIN_VALUE;
            long done = 0;
            for (boolean more = true; more; ) {
                change.setLong(1, last);
                try (ResultSet batch = change.executeQuery()) {
                    batch.next();
                    last = batch.getLong(1);
                    more = !batch.wasNull();
                    done += batch.getLong(2);
                }
                context.progress(done, 0);
            }
        }
    }
}
