package dev.migrator.run;

import dev.migrator.lock.MigrationLock;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the migration lock, asking again and again and saying whom it waits for. */
final class LockWait {

    private static final Logger LOG = LoggerFactory.getLogger(LockWait.class);

    private static final long SAY_EVERY_MS = 10_000;

    private LockWait() {}

    /** A look at how things stand, without the lock. */
    @FunctionalInterface
    interface Second<T> {

        /** What there is to say if nothing is left to be done under the lock, or else null. */
        @Nullable
        T look() throws SQLException;
    }

    static void acquire(MigrationLock lock, Duration maxWait, Events events, Cancellation cancellation)
            throws SQLException {
        acquire(lock, maxWait, events, cancellation, () -> null);
    }

    /**
     * The same for one of many who wait for the same thing. When the lock is free, most of them find that all is done: they need
     * not take it one after the other to see that.
     *
     * @param second is asked each time that the lock has become free
     * @return what that has said, and then the lock is not had; null once it is
     */
    static <T> @Nullable T acquire(
            MigrationLock lock, Duration maxWait, Events events, Cancellation cancellation, Second<T> second)
            throws SQLException {
        try (Poll poll = new Poll(lock, cancellation)) {
            return askUntilHad(lock, maxWait, events, cancellation, poll, second);
        }
    }

    private static <T> @Nullable T askUntilHad(
            MigrationLock lock, Duration maxWait, Events events, Cancellation cancellation, Poll poll, Second<T> second)
            throws SQLException {
        long start = System.nanoTime();
        long said = 0;
        String holder = null;
        while (!tryAcquire(lock, cancellation)) {
            do {
                cancellation.check("while it waited for the migration lock");
                long waitedMs = (System.nanoTime() - start) / 1_000_000;
                if (holder == null || waitedMs - said >= SAY_EVERY_MS) {
                    holder = lock.holder();
                    said = waitedMs;
                    events.phase(Phase.WAITING_FOR_LOCK, holder);
                    LOG.info("Waiting for the migration lock, held by {}, for {} s so far", holder, waitedMs / 1000);
                }
                if (waitedMs >= maxWait.toMillis()) {
                    throw new LockTimeoutException(
                            "The migration lock was not had within " + seconds(maxWait) + ": it is held by " + holder
                                    + ".",
                            "nothing was run by this instance; the other one may still be migrating.",
                            "See what that session does (select * from pg_stat_activity), and start again when it has finished;"
                                    + " or wait longer, with migrator.lock.max-wait.",
                            null);
                }
                pause(poll, maxWait.toMillis() - waitedMs);
            } while (!lock.mayBeFree());
            poll.beginAgain();
            T settled = second.look();
            if (settled != null) {
                return settled;
            }
        }
        long waitedMs = (System.nanoTime() - start) / 1_000_000;
        events.tell(new RunEvent.LockAcquired(events.runId(), Instant.now(), waitedMs));
        return null;
    }

    /** One that fails may have had a part of the lock already, which must not go back into the pool with the connection. */
    private static boolean tryAcquire(MigrationLock lock, Cancellation cancellation) throws SQLException {
        try {
            return lock.tryAcquire();
        } catch (SQLException | RuntimeException e) {
            cancellation.end();
            lock.release();
            throw e;
        }
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }

    private static void pause(Poll poll, long longest) throws SQLException {
        try {
            poll.pause(longest);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LockTimeoutException(
                    "The wait for the migration lock was interrupted.",
                    "nothing was run by this instance.",
                    "Start again.",
                    e);
        }
    }
}
