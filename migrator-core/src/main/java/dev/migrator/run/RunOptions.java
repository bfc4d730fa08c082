package dev.migrator.run;

import dev.migrator.history.TableName;
import dev.migrator.plan.Rules;
import dev.migrator.sql.Placeholders;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a run goes about its work. It is asked when something is needed: a start with nothing to do needs almost none of it. */
public interface RunOptions {

    /** The history table, whose schema is also the scripts' own; without one, the connection's current schema is. */
    TableName table();

    /** What the user allows and wants to be run. */
    Rules rules();

    /** For how long a run that gets no connection tries again; zero for one attempt. */
    Duration connectTimeout();

    /** How one instance at a time is let in. */
    Lock lock();

    /** How long one lock request of a transactional step may wait; zero for "without end". */
    Duration lockTimeout();

    /** How long one statement may take, or null for the session's own limit. */
    @Nullable
    Duration statementTimeout();

    /** How often a transaction is tried again. */
    Retry retry();

    /** The application's name in the history. */
    String application();

    /** The values that the user gives. */
    Placeholders placeholders();

    /** In which environments this run takes place, for scripts that have a condition. */
    Set<String> environments();

    /** What the pool runs on each new connection, or null for nothing. */
    @Nullable
    String connectionInitSql();

    /** What is backed up before something runs. */
    Backups backups();

    /** Whether the history keeps the text of what takes a migration back. */
    boolean keepRollbackScripts();

    /**
     * How one instance at a time is let in.
     *
     * @param maxWait how long to wait for another instance that migrates
     * @param lease how long a lease lasts without a sign of life of its holder
     */
    record Lock(LockStrategy strategy, Duration maxWait, Duration lease) {

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
    record Retry(int maxAttempts, Duration initialDelay, Duration maxDelay) {

        /** How long to wait after a failed attempt (from 1), in milliseconds, before any jitter. */
        long delayMs(int attempt) {
            long doubled = initialDelay.toMillis() << Math.min(attempt - 1, 30);
            return Math.min(doubled < 0 ? Long.MAX_VALUE : doubled, maxDelay.toMillis());
        }
    }
}
