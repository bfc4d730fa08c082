package dev.migrator;

import dev.migrator.MigratorStatus.Current;
import dev.migrator.run.MigrationListener;
import dev.migrator.run.Phase;
import dev.migrator.run.RunEvent;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a line to the log again and again while something takes long, so that a silent deployment is not taken for a dead
 * one. Its thread is there only while there is something to do.
 */
final class SignOfLife implements MigrationListener {

    private static final Logger LOG = LoggerFactory.getLogger("dev.migrator");

    private static final Set<Phase> TELLING = Set.of(Phase.RUNNING, Phase.BACKING_UP);

    static final Duration INTERVAL = Duration.ofSeconds(30);

    private final LiveStatus live;
    private final Duration interval;
    private @Nullable Thread thread;

    /**
     * Gives signs of life.
     *
     * @param live knows where the run is
     */
    SignOfLife(LiveStatus live, Duration interval) {
        this.live = live;
        this.interval = interval;
    }

    @Override
    public synchronized void on(RunEvent event) {
        if (event instanceof RunEvent.RunStarted || event instanceof RunEvent.PhaseChanged) {
            return;
        }
        if (event instanceof RunEvent.RunFinished) {
            stop();
        } else if (event instanceof RunEvent.Planned planned && planned.steps() > 0 && thread == null) {
            Thread signs = new Thread(this::giveSigns, "migrator-sign-of-life");
            signs.setDaemon(true);
            thread = signs;
            signs.start();
        } else if (event instanceof RunEvent.RollbackFinished || event instanceof RunEvent.RunFailed) {
            stop();
        }
    }

    private void stop() {
        Thread signs = thread;
        thread = null;
        if (signs != null) {
            signs.interrupt();
        }
    }

    private void giveSigns() {
        try {
            while (true) {
                Thread.sleep(interval.toMillis());
                give(live.current());
            }
        } catch (InterruptedException e) {
            // the run has ended
        }
    }

    /** What went by quickly needs none. Of a wait for the lock its own lines tell. */
    private void give(@Nullable Current now) {
        if (now != null && TELLING.contains(now.phase()) && now.elapsedMs() >= interval.toMillis() / 2) {
            LOG.info(CurrentText.of(now));
        }
    }
}
