package dev.migrator.spring.actuate;

import dev.migrator.Migrator;
import dev.migrator.StoppableRun;
import dev.migrator.run.MigratorException;
import dev.migrator.run.RunCancelledException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/**
 * The runs that were asked for over the endpoint, each on a thread of its own, and one at most for each migrator. When the
 * context closes, or the JVM ends, they are cancelled and waited for, as the start's is.
 */
public final class OperationRuns implements ApplicationListener<ContextClosedEvent> {

    private static final Logger logger = LoggerFactory.getLogger(OperationRuns.class);

    private static final long POLL_MS = 10;

    /** Whoever asks sees the run begin in that time, or is answered without. */
    private static final int POLLS = 100;

    private final ApplicationContext context;
    private final Map<Migrator, StoppableRun> underWay = new HashMap<>();
    private boolean stopped;

    public OperationRuns(ApplicationContext context) {
        this.context = context;
    }

    /**
     * Begins a run.
     *
     * @param name the migrator's name
     * @param actor the person who asked, or null
     * @return false, and nothing is begun, where one is under way or the context is closing
     */
    synchronized boolean begin(String name, Migrator migrator, @Nullable String actor) {
        if (stopped || underWay.containsKey(migrator)) {
            return false;
        }
        StoppableRun run = new StoppableRun(migrator);
        Thread thread = new Thread(() -> run(run, name, migrator, actor), "migrator-operation-" + name);
        // the JVM's end waits for it all the same: in its shutdown hook
        thread.setDaemon(true);
        // where no thread can be had, nothing is under way
        thread.start();
        underWay.put(migrator, run);
        return true;
    }

    synchronized boolean isUnderWay(Migrator migrator) {
        return underWay.containsKey(migrator);
    }

    /** Waits, for a second at most, until the run that was begun can be seen, or is over. */
    synchronized void awaitSeen(Migrator migrator) {
        try {
            for (int poll = 0; poll < POLLS && isUnderWay(migrator) && !Operations.runs(migrator); poll++) {
                wait(POLL_MS);
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(StoppableRun run, String name, Migrator migrator, @Nullable String actor) {
        try {
            run.call(() -> migrator.migrate(actor));
        } catch (RunCancelledException ex) {
            logger.debug("The run that was asked for over the endpoint was cancelled", ex);
        } catch (RuntimeException ex) {
            logger.error(
                    "The run that was asked for over the endpoint has failed ('{}').\n\n{}\n",
                    name,
                    ex instanceof MigratorException ? ex.getMessage() : ex.toString(),
                    ex instanceof MigratorException ? null : ex);
        } finally {
            ended(migrator);
        }
    }

    private synchronized void ended(Migrator migrator) {
        underWay.remove(migrator);
        notifyAll();
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        // the event of a child context is heard here too
        if (event.getApplicationContext() == context) {
            stop();
        }
    }

    private void stop() {
        List<StoppableRun> last;
        synchronized (this) {
            stopped = true;
            last = List.copyOf(underWay.values());
        }
        last.forEach(StoppableRun::stop);
    }

    /** The closing would not wait for it. */
    @Override
    public boolean supportsAsyncExecution() {
        return false;
    }
}
