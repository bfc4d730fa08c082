package dev.migrator.migration;

import java.sql.Connection;

/** What a Java migration is given. It is valid until the migration returns. */
public interface MigrationContext {

    /**
     * The connection that migrates. In a transactional migration its transaction is the runner's: the history row is
     * committed with it. So {@code commit}, {@code rollback}, {@code close} and {@code setAutoCommit} are refused with an
     * {@link java.sql.SQLException}; savepoints are allowed.
     */
    Connection connection();

    /** Questions about the schema, asked over {@link #connection()}. */
    Schema schema();

    /**
     * Tells how far the migration is; shown at the endpoint and in the log.
     *
     * @param done units done so far, of whatever the migration counts
     * @param total units to do in all, or 0 where that is not known
     */
    void progress(long done, long total);
}
