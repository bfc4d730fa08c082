package dev.migrator;

import dev.migrator.run.Phase;
import dev.migrator.run.RunCancelledException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a migrator that ends in good order when its process is asked to end (SIGTERM, ctrl-C): a shutdown of the JVM
 * cancels it and waits for its end. The shutdown hook is there only while the run is.
 *
 * <pre>{@code
 * MigrationReport report = new StoppableRun(migrator).call(migrator::migrate);
 * }</pre>
 */
public final class StoppableRun {

    private static final Logger LOG = LoggerFactory.getLogger(StoppableRun.class);

    /** Less than the 30 s that Kubernetes and Spring's lifecycle give. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** A run that has no connection yet has nothing to tidy up. */
    private static final Duration PATIENCE_WHILE_CONNECTING = Duration.ofSeconds(2);

    private static final long POLL_MS = 50;

    private final Migrator migrator;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean begun;
    private volatile boolean stopped;

    public StoppableRun(Migrator migrator) {
        this.migrator = migrator;
    }

    /**
     * Does the work; to be called once.
     *
     * @param work a call of {@link Migrator#migrate()} or {@link Migrator#baseline()}, and what belongs to it: the JVM does not
     *     end before it returns
     * @throws RunCancelledException if it was stopped, also if that was before it began
     */
    public <T> T call(Supplier<T> work) {
        begun = true;
        Thread hook = new Thread(this::stop, "migrator-shutdown");
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            stopped = true;
        }
        try {
            if (stopped) {
                throw new RunCancelledException(
                        "The run was cancelled before it began: the application is shutting down.",
                        "it was not looked at.",
                        "Start again.",
                        null);
            }
            return work.get();
        } finally {
            ended.countDown();
            remove(hook);
        }
    }

    /** Cancels the run and waits until it has ended, for at most 20 s; before it has begun, keeps it from that. Any thread may. */
    public void stop() {
        stopped = true;
        if (!begun) {
            return;
        }
        long start = System.nanoTime();
        try {
            do {
                // again and again, for it may be just before its beginning
                migrator.cancel();
                if (Duration.ofNanos(System.nanoTime() - start).compareTo(patience()) > 0) {
                    LOG.warn(
                            "The run did not end in time; the server rolls back what is open when the connection ends");
                    return;
                }
            } while (!ended.await(POLL_MS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration patience() {
        MigratorStatus.Current current = migrator.current();
        boolean connecting = current != null && current.phase() == Phase.CONNECTING;
        return connecting ? PATIENCE_WHILE_CONNECTING : PATIENCE;
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.debug("The JVM is shutting down: its hook is at work", e);
        }
    }
}
