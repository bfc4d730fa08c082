package dev.migrator.run;

import dev.migrator.postgres.ServerError;
import dev.migrator.postgres.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether one run is to stop: any thread may request it, and the thread that runs obeys. Until it does, the server is asked
 * again and again to end the session's statement, for a request that comes between two statements is lost. When the run
 * begins to tidy up, the requests end, so that none of them meets a statement that does so.
 */
final class Cancellation {

    private static final Logger LOG = LoggerFactory.getLogger(Cancellation.class);

    /** What to do after it. */
    static final String ACTION = "Start again: the run goes on where it stopped.";

    private static final long REPEAT_MS = 200;

    /** A statement that does not end within this time will not: its connection is broken off. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CountDownLatch requested = new CountDownLatch(1);

    /** Held while the server is being asked, and while a statement runs that must not be cancelled. */
    private final ReentrantLock asking = new ReentrantLock();

    private volatile @Nullable Session session;
    private volatile boolean obeyed;
    private volatile @Nullable String actor;

    /** Says that from now on it is this session whose statements are to be cancelled. */
    void over(Session open) {
        session = open;
    }

    /**
     * Requests that the run stops; does nothing when it stops already.
     *
     * @param who the person who asked for that, or null where nobody did
     */
    synchronized void request(@Nullable String who) {
        if (obeyed || isRequested()) {
            return;
        }
        actor = who;
        LOG.info("The run is being cancelled{}", byWhom());
        requested.countDown();
        Thread thread = new Thread(this::cancelStatements, "migrator-cancel");
        thread.setDaemon(true);
        thread.start();
    }

    /** Who requested it, as {@code " by ada"}; empty where nobody did, as when the process ends. */
    String byWhom() {
        String who = actor;
        return who == null ? "" : " by " + who;
    }

    /** Whether the run was, or is to be, stopped by a request. */
    boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Whether nothing new may be begun. */
    boolean mustStop() {
        return !obeyed && isRequested();
    }

    /** Waits; at most until a request comes. */
    void pause(long milliseconds) throws InterruptedException {
        boolean unused = requested.await(milliseconds, TimeUnit.MILLISECONDS);
    }

    /** Stops the run here, before any migration, if it is to be stopped. */
    void check(String when) {
        if (mustStop()) {
            throw new RunCancelledException(
                    "The run was cancelled" + byWhom() + " " + when + ".", Database.UNTOUCHED, ACTION, null);
        }
    }

    /** Whether a run that was to be stopped has failed for no other reason. */
    boolean caused(MigratorException failure) {
        return isRequested()
                && failure.getCause() instanceof SQLException cause
                && ServerError.of(cause).isCancelled();
    }

    /** Keeps requests away from statements that record what was done, until {@link #unshield()}. */
    void shield() {
        asking.lock();
    }

    void unshield() {
        asking.unlock();
    }

    /** Ends the requests if the run is to be stopped, for what comes now tidies up; else it may still be cancelled. */
    boolean obey() {
        if (isRequested()) {
            end();
        }
        return isRequested();
    }

    /** Ends the requests: the run has ended, or is about to. */
    void end() {
        synchronized (this) {
            obeyed = true;
        }
        // waits for a request that is on its way
        asking.lock();
        asking.unlock();
        Session open = session;
        if (open != null && isRequested()) {
            // one may have met the statement that takes the lock, behind the moment when it had it
            open.touch();
        }
    }

    private void cancelStatements() {
        long start = System.nanoTime();
        try {
            while (!obeyed) {
                if (System.nanoTime() - start > PATIENCE.toNanos()) {
                    breakOff();
                    return;
                }
                cancelStatement();
                Thread.sleep(REPEAT_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void cancelStatement() {
        if (!asking.tryLock()) {
            return;
        }
        try {
            Session open = session;
            if (open != null && !obeyed) {
                open.cancelStatement();
            }
        } catch (SQLException e) {
            LOG.debug("The server could not be asked to cancel the statement", e);
        } finally {
            asking.unlock();
        }
    }

    private void breakOff() {
        Session open = session;
        if (open != null) {
            LOG.warn(
                    "The statement did not end within {} s of being cancelled: its connection is broken off",
                    PATIENCE.toSeconds());
            open.abort();
        }
    }
}
