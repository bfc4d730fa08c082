package dev.migrator.spring.actuate;

import dev.migrator.Migrator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The look at the database of a migrator that nobody runs. One request at a time takes it, and the others do not wait for that:
 * a database that does not answer would hold every thread of the web server otherwise.
 */
final class FirstLook {

    private static final Logger logger = LoggerFactory.getLogger(FirstLook.class);

    private static final long PAUSE = TimeUnit.SECONDS.toNanos(10);

    private final Migrator migrator;
    private final LongSupplier nanoTime;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile boolean taken;
    private boolean failed;
    private long failedAt;

    FirstLook(Migrator migrator, LongSupplier nanoTime) {
        this.migrator = migrator;
        this.nanoTime = nanoTime;
    }

    /** Takes it, unless it is taken, somebody is at it, or it has failed a moment ago. */
    void take() {
        if (taken || !looking.tryLock()) {
            return;
        }
        try {
            if (!taken && !(failed && nanoTime.getAsLong() - failedAt < PAUSE)) {
                look();
            }
        } finally {
            looking.unlock();
        }
    }

    private void look() {
        try {
            migrator.status();
            taken = true;
        } catch (RuntimeException ex) {
            failed = true;
            failedAt = nanoTime.getAsLong();
            logger.warn("The state of the migrations could not be read: {}", ex.toString());
        }
    }
}
