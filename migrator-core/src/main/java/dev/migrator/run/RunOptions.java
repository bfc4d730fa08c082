package dev.migrator.run;

import dev.migrator.history.TableName;
import dev.migrator.plan.Rules;
import dev.migrator.sql.Placeholders;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a run goes about its work.
 *
 * @param table the history table, whose schema is also the scripts' own; without one, the connection's current schema is
 * @param connectTimeout for how long a run that gets no connection tries again; zero for one attempt
 * @param lock how one instance at a time is let in
 * @param lockTimeout how long one lock request of a transactional step may wait; zero for "without end"
 * @param statementTimeout how long one statement may take, or null for the session's own limit
 * @param application the application's name in the history
 * @param placeholders the values that the user gives
 * @param environments in which environments this run takes place, for scripts that have a condition
 * @param backups what is backed up before something runs
 * @param keepRollbackScripts whether the history keeps the text of what takes a migration back
 */
public record RunOptions(
        TableName table,
        Rules rules,
        Duration connectTimeout,
        Lock lock,
        Duration lockTimeout,
        @Nullable Duration statementTimeout,
        Retry retry,
        String application,
        Placeholders placeholders,
        Set<String> environments,
        Backups backups,
        boolean keepRollbackScripts) {

    /**
     * How one instance at a time is let in.
     *
     * @param maxWait how long to wait for another instance that migrates
     * @param lease how long a lease lasts without a sign of life of its holder
     */
    public record Lock(LockStrategy strategy, Duration maxWait, Duration lease) {

        /** Refuses a lease that is over before it can be renewed. */
        public Lock {
            if (lease.toMillis() < 1000) {
                throw new IllegalArgumentException("The lease of the migration lock (migrator.lock.lease) is "
                        + lease.toMillis() + " ms; it has to be a second at least.");
            }
        }
    }

    /**
     * How often, and how soon, a transaction is tried again that met a lock, a deadlock or a serialization failure.
     *
     * @param maxAttempts at least 1, the first attempt included
     * @param initialDelay before the second attempt; doubled before each further one
     * @param maxDelay where the doubling ends
     */
    public record Retry(int maxAttempts, Duration initialDelay, Duration maxDelay) {

        /** How long to wait after a failed attempt (from 1), in milliseconds, before any jitter. */
        long delayMs(int attempt) {
            long doubled = initialDelay.toMillis() << Math.min(attempt - 1, 30);
            return Math.min(doubled < 0 ? Long.MAX_VALUE : doubled, maxDelay.toMillis());
        }
    }
}
