package dev.migrator.run;

import dev.migrator.lock.MigrationLock;
import dev.migrator.lock.Releases;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The pauses between one question for the migration lock and the next. They grow with the wait, for many may wait, and are short
 * again once the lock was seen to be free; where its holder tells that, only one that has died has to be found by asking.
 */
final class Poll implements AutoCloseable {

    private static final long SHORTEST_MS = 20;

    /** Who is not told asks after a twentieth of what it has waited: it goes on a little later than it could. */
    private static final long PARTS_OF_WAIT = 20;

    private static final long LONGEST_MS = 150;

    /** Who is told need not hurry: only a crash, or a holder of an older release, is found by asking. */
    private static final long PARTS_OF_WAIT_WHEN_TOLD = 4;

    private static final long LONGEST_WHEN_TOLD_MS = 1000;

    /** While the driver waits for a word of the server, nobody can wake it. */
    private static final long SLICE_MS = 100;

    private final MigrationLock lock;
    private final Cancellation cancellation;
    private @Nullable Releases releases;
    private boolean askedToHear;
    private long since = System.nanoTime();

    Poll(MigrationLock lock, Cancellation cancellation) {
        this.lock = lock;
        this.cancellation = cancellation;
    }

    /**
     * Waits until it is worth while to ask again, or the run is cancelled.
     *
     * @param longest how many milliseconds at most
     */
    void pause(long longest) throws SQLException, InterruptedException {
        if (!askedToHear) {
            askedToHear = true;
            releases = lock.hearReleases();
        }
        long waited = (System.nanoTime() - since) / 1_000_000;
        if (releases == null) {
            cancellation.pause(Math.min(longest, about(waited / PARTS_OF_WAIT, LONGEST_MS)));
        } else {
            listen(releases, Math.min(longest, about(waited / PARTS_OF_WAIT_WHEN_TOLD, LONGEST_WHEN_TOLD_MS)));
        }
    }

    /** The lock was free: who did not get it asks again soon. */
    void beginAgain() {
        since = System.nanoTime();
    }

    /** Between half as long and one and a half times as long: those who began together need not ask together. */
    private static long about(long milliseconds, long longest) {
        long poll = Math.max(SHORTEST_MS, Math.min(longest, milliseconds));
        return poll / 2 + ThreadLocalRandom.current().nextLong(poll + 1);
    }

    private void listen(Releases told, long milliseconds) throws SQLException, InterruptedException {
        long end = System.nanoTime() + milliseconds * 1_000_000;
        for (long left = milliseconds;
                left > 0 && !cancellation.isRequested();
                left = (end - System.nanoTime()) / 1_000_000) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (told.await((int) Math.min(left, SLICE_MS))) {
                beginAgain();
                return;
            }
        }
    }

    @Override
    public void close() {
        if (releases != null) {
            releases.close();
        }
    }
}
