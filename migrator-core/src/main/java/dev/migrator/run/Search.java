package dev.migrator.run;

import dev.migrator.migration.Found;
import dev.migrator.migration.MigrationFinder;
import dev.migrator.migration.Reading;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The search for what there is to run. A thread of its own reads the scripts and sums them up, which is the most that a start
 * with nothing to do has to do, while the run connects and asks for the history; then the run takes a share of what is left.
 */
final class Search implements Runnable, Supplier<Found> {

    private final MigrationFinder finder;
    private final CountDownLatch listed = new CountDownLatch(1);
    private @Nullable Thread thread;
    private @Nullable Reading reading;
    private @Nullable Throwable failure;
    private @Nullable Found found;

    private Search(MigrationFinder finder) {
        this.finder = finder;
    }

    static Search begin(MigrationFinder finder) {
        Search search = new Search(finder);
        Thread thread = new Thread(search, "migrator-finder");
        thread.setDaemon(true);
        try {
            thread.start();
            search.thread = thread;
        } catch (OutOfMemoryError e) {
            // the process may have no more threads: then it is found when it is asked for
        }
        return search;
    }

    @Override
    public void run() {
        try {
            Reading files = finder.read();
            reading = files;
            listed.countDown();
            files.sumUp();
        } catch (Throwable e) {
            failure = e;
        } finally {
            listed.countDown();
        }
    }

    /** What was found. It is waited for by an interrupted thread too: the search ends by itself, and soon. */
    @Override
    public Found get() {
        Found known = found;
        if (known == null) {
            if (thread == null) {
                run();
            } else {
                share(thread);
            }
            known = reading().found();
            found = known;
            reading = null; // what it has collected on its way is as much again
        }
        return known;
    }

    private Reading reading() {
        if (failure instanceof Error error) {
            throw error;
        }
        if (reading == null || failure != null) {
            throw new IllegalStateException("The migrations could not be looked for: " + failure, failure);
        }
        return reading;
    }

    private void share(Thread finding) {
        boolean interrupted = false;
        while (finding.isAlive()) {
            try {
                listed.await();
                takeShare();
                finding.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void takeShare() {
        Reading files = reading;
        if (files == null) {
            return;
        }
        try {
            files.sumUp();
        } catch (RuntimeException | Error e) {
            // the other thread would have met it
            failure = e;
        }
    }
}
