package dev.migrator.run;

import dev.migrator.migration.Found;
import dev.migrator.migration.MigrationFinder;
import org.jspecify.annotations.Nullable;

/**
 * The search for what there is to run. A thread of its own makes it while the run connects and asks for the history: to read
 * every script and sum it up is the most that a start with nothing to do has to do.
 */
final class Search implements Runnable {

    private final @Nullable MigrationFinder finder;
    private final @Nullable Thread thread;
    private @Nullable Found found;
    private @Nullable Throwable failure;

    private Search(MigrationFinder finder) {
        this.finder = finder;
        this.thread = new Thread(this, "migrator-finder");
    }

    private Search(Found found) {
        this.finder = null;
        this.thread = null;
        this.found = found;
    }

    static Search begin(MigrationFinder finder) {
        Search search = new Search(finder);
        if (search.thread != null) {
            search.thread.setDaemon(true);
            search.thread.start();
        }
        return search;
    }

    /** One whose result is known beforehand. */
    static Search of(Found found) {
        return new Search(found);
    }

    @Override
    public void run() {
        try {
            if (finder != null) {
                found = finder.find();
            }
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }

    /** What was found. It is waited for by an interrupted thread too: the search ends by itself, and soon. */
    Found found() {
        if (thread != null) {
            await(thread);
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        if (found == null) {
            throw new IllegalStateException("The search has no result.");
        }
        return found;
    }

    private static void await(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
