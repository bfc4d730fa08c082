package dev.migrator.run;

import dev.migrator.postgres.Activity;
import dev.migrator.sql.Statement;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches statements that take long, from a second connection: which one of those in flight the server runs, and who keeps
 * it waiting. The connection is opened only when something takes longer than {@link #PATIENCE_MS}; where none can be had,
 * the run goes on unobserved.
 */
final class Observer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Observer.class);

    private static final long PATIENCE_MS = 1000;
    private static final long INTERVAL_MS = 500;

    private final DataSource dataSource;
    private final Events events;
    private final Progress progress;
    private final int pid;
    private final NetworkWatch watch;
    private final Thread thread;
    private volatile boolean closed;
    private @Nullable Connection connection;
    private Progress.@Nullable InFlight looked;

    Observer(DataSource dataSource, Events events, Progress progress, int pid, NetworkWatch watch) {
        this.dataSource = dataSource;
        this.events = events;
        this.progress = progress;
        this.pid = pid;
        this.watch = watch;
        this.thread = new Thread(this::observe, "migrator-observer");
        thread.setDaemon(true);
        thread.start();
    }

    private void observe() {
        try {
            while (!closed) {
                Thread.sleep(INTERVAL_MS);
                Progress.InFlight inFlight = progress.inFlight();
                if (inFlight != looked) {
                    looked = inFlight;
                    watch.answered();
                }
                if (inFlight != null && tookLong(inFlight)) {
                    tryToLook(inFlight);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException | RuntimeException e) {
            if (!closed) {
                LOG.info(
                        "The migration runs on without live progress, for there is no second connection: {}",
                        e.getMessage());
            }
        } finally {
            disconnect();
        }
    }

    private static boolean tookLong(Progress.InFlight inFlight) {
        return System.nanoTime() - inFlight.since() > TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
    }

    /** One that fails may be the first sign of a lost network. */
    private void tryToLook(Progress.InFlight inFlight) throws SQLException {
        watch.looks();
        try {
            look(inFlight);
        } catch (SQLException | RuntimeException e) {
            disconnect();
            if (progress.inFlight() == inFlight && !watch.failed(e)) {
                throw e;
            }
        }
    }

    private void look(Progress.InFlight inFlight) throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = dataSource.getConnection();
            connection = open;
            open.setNetworkTimeout(
                    Runnable::run, Math.toIntExact(watch.patience().toMillis()));
        }
        Activity.Sight sight = new Activity(open).of(pid);
        if (!open.getAutoCommit()) {
            open.rollback();
        }
        if (progress.inFlight() == inFlight) {
            watch.reached(sight.query() != null);
            Statement statement = inFlight.runningAs(sight.query());
            events.tell(new RunEvent.StepProgress(
                    events.runId(),
                    Instant.now(),
                    inFlight.script(),
                    statement.number(),
                    inFlight.total(),
                    statement.line(),
                    start(statement.source()),
                    blockers(sight)));
        }
    }

    private static String start(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }

    private static List<Blocker> blockers(Activity.Sight sight) {
        return sight.blockers().stream()
                .map(other -> new Blocker(other.pid(), other.application(), other.state(), other.age(), other.query()))
                .toList();
    }

    private void disconnect() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                LOG.debug("The observing connection was not closed in order", e);
            }
        }
    }

    /** Ends the observation. It does not wait: a connection that is being opened closes by itself. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
