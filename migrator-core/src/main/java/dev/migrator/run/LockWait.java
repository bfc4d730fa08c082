package dev.migrator.run;

import dev.migrator.lock.MigrationLock;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the migration lock, asking again and again and saying whom it waits for. */
final class LockWait {

    private static final Logger LOG = LoggerFactory.getLogger(LockWait.class);

    private static final long POLL_MS = 100;
    private static final long SAY_EVERY_MS = 10_000;

    private LockWait() {}

    static void acquire(MigrationLock lock, Duration maxWait, Events events, Cancellation cancellation)
            throws SQLException {
        long start = System.nanoTime();
        long said = 0;
        String holder = null;
        while (!tryAcquire(lock, cancellation)) {
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
                        "The migration lock was not had within " + seconds(maxWait) + ": it is held by " + holder + ".",
                        "nothing was run by this instance; the other one may still be migrating.",
                        "See what that session does (select * from pg_stat_activity), and start again when it has finished;"
                                + " or wait longer, with migrator.lock.max-wait.",
                        null);
            }
            pause(cancellation);
        }
        long waitedMs = (System.nanoTime() - start) / 1_000_000;
        events.tell(new RunEvent.LockAcquired(events.runId(), Instant.now(), waitedMs));
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

    private static void pause(Cancellation cancellation) {
        try {
            cancellation.pause(POLL_MS + ThreadLocalRandom.current().nextLong(POLL_MS));
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
