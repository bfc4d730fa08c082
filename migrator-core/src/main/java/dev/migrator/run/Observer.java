package dev.migrator.run;

import dev.migrator.history.EarlierRuns;
import dev.migrator.history.TableName;
import dev.migrator.postgres.Activity;
import dev.migrator.postgres.CommandProgress;
import dev.migrator.postgres.SecondConnection;
import dev.migrator.postgres.ServerMark;
import dev.migrator.sql.Statement;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches statements that take long, from a second connection: which one of those in flight the server runs, how far it is,
 * and who keeps it waiting. The connection is opened only when there is something to look at; where none can be had, the run goes on
 * unobserved.
 */
final class Observer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Observer.class);

    private static final int MAX_TEXT = 200;

    /** SQLSTATE insufficient_privilege, undefined_table, undefined_column. */
    private static final Set<String> UNREADABLE = Set.of("42501", "42P01", "42703");

    private final DataSource dataSource;
    private final TableName table;
    private final Events events;
    private final Progress progress;
    private final Backend backend;
    private final NetworkWatch watch;
    private final HomeServer home;
    private final Thread thread;
    private volatile boolean closed;
    private @Nullable SecondConnection second;
    private Progress.@Nullable InFlight looked;
    private @Nullable String estimated;
    private List<Blocker> told = List.of();
    private boolean toldStatement;
    private boolean uncounted;

    /**
     * Begins to watch.
     *
     * @param table the history's, with its schema
     * @param backend which one migrates
     * @param home where it does
     */
    Observer(
            DataSource dataSource,
            TableName table,
            Events events,
            Progress progress,
            Backend backend,
            NetworkWatch watch,
            HomeServer home) {
        this.dataSource = dataSource;
        this.table = table;
        this.events = events;
        this.progress = progress;
        this.backend = backend;
        this.watch = watch;
        this.home = home;
        this.thread = new Thread(this::observe, "migrator-observer");
        thread.setDaemon(true);
        thread.start();
    }

    private void observe() {
        try {
            while (!closed) {
                Progress.InFlight inFlight = progress.awaitLook();
                if (inFlight == null) {
                    tryToLookAgain();
                } else {
                    tryToLook(inFlight);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException | RuntimeException e) {
            if (!closed) {
                LOG.info(
                        "The migration runs on without live progress, and without naming who keeps it waiting, for there"
                                + " is no second connection: {}",
                        e.getMessage());
                watch.ends();
            }
        } finally {
            progress.unobserved();
            disconnect();
        }
    }

    /** The backend that migrates. */
    interface Backend {

        /** Its process id at this moment, asked over the observing connection where it changes; 0 if there is none. */
        int pid(Connection observing) throws SQLException;
    }

    /** One that fails may be the first sign of a lost network. */
    private void tryToLook(Progress.InFlight inFlight) throws SQLException {
        if (inFlight != looked) {
            looked = inFlight;
            watch.answered();
            home.answered();
        }
        if (!home.isDue()) {
            return;
        }
        watch.looks();
        try {
            look(inFlight);
        } catch (SQLException | RuntimeException e) {
            boolean lost = isLost();
            disconnect();
            if (progress.inFlight() == inFlight && !watch.failed(e, lost)) {
                throw e;
            }
        }
    }

    /** Where there is no answer, they stay as they were seen. What that says of the network, the next look will find. */
    private void tryToLookAgain() throws SQLException {
        try {
            Connection connection = connection();
            progress.seenAgain(
                    home.is(ServerMark.read(connection))
                            ? new Activity(connection).again(progress.seen())
                            : progress.seen());
        } catch (SQLException | RuntimeException e) {
            boolean lost = isLost() || Connecting.mayPass(e) || Connecting.saysNothing(e);
            disconnect();
            if (!lost) {
                throw e;
            }
            progress.seenAgain(progress.seen());
        }
    }

    /** Whether there was a connection, and it is gone: of one that came from a pool, the failure itself need not say it. */
    private boolean isLost() {
        SecondConnection open = second;
        try {
            return open != null && open.connection().isClosed();
        } catch (SQLException e) {
            return true;
        }
    }

    private Connection connection() throws SQLException {
        SecondConnection open = second;
        if (open == null) {
            open = connect();
            second = open;
        }
        return open.connection();
    }

    /** A pool has a limit of its own, and one that has no connection to spare says nothing of the network. */
    private SecondConnection connect() throws SQLException {
        return watch.isPooled()
                ? SecondConnection.of(dataSource.getConnection(), watch.patience())
                : SecondConnection.open(dataSource, watch.patience());
    }

    private void look(Progress.InFlight inFlight) throws SQLException {
        Connection connection = connection();
        int pid = backend.pid(connection);
        Activity.Sight sight = new Activity(connection).of(pid);
        if (!home.is(sight.server())) {
            leave(connection, sight.server());
            return;
        }
        Long elapsedMs = sight.elapsed() == null ? null : sight.elapsed().toMillis();
        progress.seen(inFlight, sight.blockers(), elapsedMs);
        home.reached();
        if (progress.inFlight() == inFlight) {
            // behind a pooler there is no backend between two transactions
            watch.reached(pid == 0 || sight.query() != null);
            Statement statement = inFlight.runningAs(sight.query(), progress.passed(elapsedMs));
            progress.runs(inFlight, statement, elapsedMs);
            CommandProgress server = server(connection, pid);
            String text = statement != null ? statement.source() : sight.query();
            tell(inFlight, statement, text, elapsedMs, server, Blocker.of(sight.blockers()));
            estimate(inFlight);
        }
    }

    /** What another server has to say is of no use. */
    private void leave(Connection connection, ServerMark server) throws SQLException {
        if (home.isReplacedBy(server, connection)) {
            watch.replaced();
        } else {
            watch.reachedAnother();
        }
        home.missed();
        disconnect();
    }

    /** Where the views are closed to the role, or there is one missing, all else is still to be seen. */
    private @Nullable CommandProgress server(Connection connection, int pid) throws SQLException {
        if (uncounted) {
            return null;
        }
        try {
            return CommandProgress.of(connection, pid);
        } catch (SQLException e) {
            if (!UNREADABLE.contains(String.valueOf(e.getSQLState()))) {
                throw e;
            }
            LOG.debug("How far the server's own commands are is not to be known", e);
            uncounted = true;
            return null;
        }
    }

    /** Once for each script; nobody's run depends on it. */
    private void estimate(Progress.InFlight inFlight) throws SQLException {
        if (inFlight.script().equals(estimated) || !inFlight.ofMigration()) {
            return;
        }
        estimated = inFlight.script();
        EarlierRuns.Earlier earlier = earlier(connection(), inFlight.script());
        if (earlier != null) {
            events.tell(new RunEvent.StepEstimated(
                    events.runId(), Instant.now(), inFlight.script(), earlier.durationMs(), earlier.source()));
        }
    }

    private EarlierRuns.@Nullable Earlier earlier(Connection connection, String script) throws SQLException {
        try {
            return EarlierRuns.find(connection, table, script);
        } catch (SQLException e) {
            if (isLost()) {
                throw e;
            }
            LOG.debug("How long {} took before is not to be known", script, e);
            return null;
        }
    }

    /** Of what is no script's statement, nor sent for the sake of one, nothing is told but who keeps it waiting. */
    private void tell(
            Progress.InFlight inFlight,
            @Nullable Statement running,
            @Nullable String text,
            @Nullable Long elapsedMs,
            @Nullable CommandProgress server,
            List<Blocker> blockers) {
        Statement statement = running == null ? inFlight.sake() : running;
        if (statement == null && server == null && blockers.isEmpty() && told.isEmpty() && !toldStatement) {
            return;
        }
        told = blockers;
        toldStatement = statement != null;
        Progress.Reported reported = progress.reported();
        events.tell(new RunEvent.StepProgress(
                events.runId(),
                Instant.now(),
                inFlight.script(),
                statement == null ? reported.done() : statement.number(),
                statement == null ? reported.total() : inFlight.total(),
                statement == null ? 0 : statement.line(),
                statement == null || text == null ? null : start(text),
                elapsedMs,
                server == null ? null : server.rows(),
                server == null
                        ? null
                        : new ServerProgress(
                                server.command(), server.phase(), server.done(), server.total(), server.unit()),
                blockers));
    }

    private static String start(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
    }

    private void disconnect() {
        SecondConnection open = second;
        second = null;
        if (open != null) {
            open.close();
        }
    }

    /** Ends the observation. It does not wait: a connection that is being opened closes by itself. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
