package dev.migrator.run;

import dev.migrator.history.TableName;
import dev.migrator.lock.MigrationLock;
import dev.migrator.postgres.Session;
import java.sql.SQLException;

/** What is done by the only one who migrates: all that comes before it, from the connection to the lock, and all behind it. */
final class UnderLock {

    private UnderLock() {}

    /** What is done under the lock. */
    @FunctionalInterface
    interface Deed<T> {

        T as(Holder holder) throws SQLException;
    }

    /**
     * What the holder of the lock has.
     *
     * @param table the history's, with its schema
     */
    record Holder(Session session, Preparation preparation, TableName table, Locking locking, MigrationLock lock) {}

    /** Does it over a connection of its own; {@code trouble} says what did not come about when that fails. */
    static <T> T connected(RunContext context, String trouble, Deed<T> deed) {
        return connected(context, trouble, Database.START_AGAIN, deed);
    }

    /** The same, where {@code whenLost} says what to do after the connection was lost. */
    static <T> T connected(RunContext context, String trouble, String whenLost, Deed<T> deed) {
        try (Session session = Connecting.of(context).open()) {
            return inSession(context, session, deed);
        } catch (SQLException e) {
            throw Database.trouble(trouble, Database.UNTOUCHED, whenLost, e);
        }
    }

    /** Does it over a session that is open already. */
    static <T> T inSession(RunContext context, Session session, Deed<T> deed) throws SQLException {
        return inSession(context, session, () -> null, deed);
    }

    /** The same, unless {@code second} finds, after others have had the lock, that nothing is left to be done. */
    static <T> T inSession(RunContext context, Session session, LockWait.Second<T> second, Deed<T> deed)
            throws SQLException {
        RunOptions options = context.options();
        Preparation preparation = new Preparation(session);
        preparation.requireWritable();
        TableName table = preparation.resolve(options.table());
        Locking locking = new Locking(context.database(), session, table, options);
        MigrationLock lock = locking.lock(context.events());
        T settled = LockWait.acquire(lock, options.lock().maxWait(), context.events(), context.cancellation(), second);
        if (settled != null) {
            return settled;
        }
        try {
            return deed.as(new Holder(session, preparation, table, locking, lock));
        } finally {
            context.cancellation().end();
            lock.release();
            lock.tellRelease();
        }
    }
}
