package dev.migrator.run;

import dev.migrator.history.HistoryEntry;
import dev.migrator.history.HistoryWriter;
import dev.migrator.history.KeptRollback;
import dev.migrator.history.Kind;
import dev.migrator.history.Sights;
import dev.migrator.lock.Guard;
import dev.migrator.lock.MigrationLock;
import dev.migrator.migration.Migration;
import dev.migrator.plan.Step;
import dev.migrator.postgres.Pipeline;
import dev.migrator.postgres.RecoveryPoints;
import dev.migrator.postgres.ServerEncoding;
import dev.migrator.postgres.ServerError;
import dev.migrator.postgres.Session;
import dev.migrator.run.UnderLock.Holder;
import dev.migrator.sql.Placeholders;
import dev.migrator.sql.Repertoire;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the steps of one run share: the session that holds the lock, and what it needs to work with it. */
final class Work {

    private static final Logger LOG = LoggerFactory.getLogger(Work.class);

    /** What is wrong when the guard in front of a checkpoint fails. */
    static final String ROW_GONE = "This migration's running row is no longer in the history";

    private static final Duration ANSWERS_WHILE_TIDYING = Duration.ofSeconds(6);

    private final Session session;
    private final Pipeline pipeline;
    private final MigrationLock lock;
    private final Repertoire repertoire;
    private final HistoryWriter history;
    private final RunOptions options;
    private final Events events;
    private final Placeholders placeholders;
    private final SafetyNet safetyNet;
    private final @Nullable String actor;
    private final Cancellation cancellation;
    private final Progress progress = new Progress();
    private final LateCommits lateCommits = new LateCommits();
    private final ScriptSession scriptSession;
    private final String host = Instance.host();
    private final String instance;
    private boolean tidying;

    Work(RunContext context, Holder holder, Placeholders placeholders, SafetyNet safetyNet) throws SQLException {
        this.session = holder.session();
        this.scriptSession = holder.locking().scriptSession();
        this.pipeline = session.pipeline(Notices::log);
        this.lock = holder.lock();
        this.repertoire = ServerEncoding.repertoire(session.connection());
        this.history = new HistoryWriter(holder.table(), RecoveryPoints.tellPosition(session.connection()), repertoire);
        this.options = context.options();
        this.instance = Instance.describe(options.application());
        this.events = context.events();
        this.placeholders = placeholders;
        this.safetyNet = safetyNet;
        this.progress.begins(options.lockTimeout());
        this.actor = context.actor();
        this.cancellation = context.cancellation();
    }

    /** For what writes the history only, and runs nothing. */
    static Work ofHistory(RunContext context, Holder holder) throws SQLException {
        Placeholders placeholders = KnownPlaceholders.of(
                context.options(), holder.table(), holder.session().facts());
        holder.session().takeUpLimit();
        return new Work(context, holder, placeholders, SafetyNet.NONE);
    }

    Session session() {
        return session;
    }

    Pipeline pipeline() {
        return pipeline;
    }

    /** How the session is made ready for scripts. */
    ScriptSession scriptSession() {
        return scriptSession;
    }

    MigrationLock lock() {
        return lock;
    }

    HistoryWriter history() {
        return history;
    }

    RunOptions options() {
        return options;
    }

    Events events() {
        return events;
    }

    Placeholders placeholders() {
        return placeholders;
    }

    SafetyNet safetyNet() {
        return safetyNet;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    LateCommits lateCommits() {
        return lateCommits;
    }

    Progress progress() {
        return progress;
    }

    /** What the session is called while it runs a script. */
    SessionName sessionName(String script) {
        return SessionName.of(script, options.application(), host);
    }

    /**
     * Takes back for good what a script, or a migration's code, may have left that would hinder our own statements: an open
     * transaction, another role.
     */
    void leaveScript() {
        pipeline.rollback();
        List<String> statements = scriptSession.leave();
        if (statements.isEmpty()) {
            return;
        }
        try {
            pipeline.send(statements);
        } catch (Pipeline.StatementFailure e) {
            // The session is lost, as the statement that follows will find.
        }
    }

    /** Where there is no observer any more, nobody else would notice that the network drops the packets. */
    void limitAnswers() {
        if (!tidying) {
            try {
                session.limitAnswers(
                        Connecting.patience(options.connectTimeout()).plus(options.lockTimeout()));
            } catch (SQLException e) {
                // The session is lost, as the statement that follows will find.
            }
        }
    }

    /** Once the run is cancelled, what is still to be told to the server is limited in time: a shutdown waits for it. */
    void beginToTidyUp() {
        if (!cancellation.obey() || tidying) {
            return;
        }
        tidying = true;
        try {
            session.limitAnswers(ANSWERS_WHILE_TIDYING);
            rollback();
            if (scriptSession.isOwn()) {
                pipeline.send(List.of("SET SESSION statement_timeout = '4s'", "SET SESSION lock_timeout = '4s'"));
            }
        } catch (SQLException | Pipeline.StatementFailure e) {
            // The session is lost, as the statement that follows will find.
        }
    }

    /** Whether this session still holds the migration lock, which a script may have given away. */
    boolean holdsLock() {
        try {
            transaction(List.of(), lock.closing());
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    /**
     * Runs something in the history table as its owner, in a transaction of its own. It is limited in time and tried again
     * like a script's: the session may have no limit, or one of a script's own.
     */
    void record(String... history) throws SQLException {
        if (tidying) {
            transaction(List.of(history), List.of());
        } else {
            new Attempts(this, options.table().table()).ofHistory(() -> transaction(List.of(history), List.of()));
        }
    }

    /**
     * Keeps with the migration's row what was seen of it. Nothing depends on that: it is tried once, and waits for nobody for
     * long.
     */
    void keep(HistoryEntry entry, Sights sights) {
        if (sights.isNothing()) {
            return;
        }
        try {
            transaction(List.of(TimeLimits.BRIEF, history.observed(entry, sights)), List.of());
        } catch (SQLException e) {
            LOG.debug("What was seen of {} could not be kept in the history", entry.script(), e);
        }
    }

    /** Waits until all that was committed is on the disk, before the run ends. */
    void settle() {
        List<String> statements = lateCommits.settle(history);
        if (statements.isEmpty()) {
            return;
        }
        try {
            transaction(statements, List.of());
            lateCommits.settled();
        } catch (SQLException e) {
            LOG.warn("The last commits could not be waited for; the server writes them to its disk within a second", e);
        }
    }

    private void transaction(List<String> work, List<Guard> closing) throws SQLException {
        List<Object> origins = new ArrayList<>();
        origins.add(Pipeline.BEGIN);
        origins.addAll(TimeLimits.ofHistory(options).local());
        origins.addAll(scriptSession.ownRole());
        origins.addAll(lock.opening());
        origins.addAll(work);
        origins.addAll(closing);
        origins.add("COMMIT");
        cancellation.shield();
        progress.sent(Progress.InFlight.ofHistory(options.table().table()));
        try {
            pipeline.send(origins.stream()
                    .map(origin -> origin instanceof Guard guard ? guard.statement() : (String) origin)
                    .toList());
        } catch (Pipeline.StatementFailure e) {
            pipeline.rollback();
            throw origins.get(Math.min(e.index(), origins.size() - 1)) instanceof Guard guard
                            && ServerError.of(e.sqlException()).isGuard()
                    ? guard.failure(e.sqlException())
                    : e.sqlException();
        } finally {
            progress.answered();
            cancellation.unshield();
        }
    }

    /** Moves or ends this run's running row, as its owner, in a transaction of its own; an error if the row has gone. */
    void recordRunning(HistoryEntry entry, String history) throws SQLException {
        try {
            record(this.history.requireRunning(entry), history);
        } catch (SQLException e) {
            throw ServerError.of(e).isGuard() ? new SQLException(ROW_GONE, e) : e;
        }
    }

    /** Ends a failed transaction; a connection that is lost has ended it already. */
    void rollback() {
        pipeline.rollback();
    }

    /** Who has asked for the run, or null where nobody did. */
    @Nullable
    String actor() {
        return actor;
    }

    String instance() {
        return instance;
    }

    /** What takes the migration back, to be kept with its row; null for nothing. */
    @Nullable
    KeptRollback keptRollback(Migration migration) {
        return RollbackText.keep(migration, options.keepRollbackScripts(), repertoire);
    }

    HistoryEntry entry(Step step, int statements) {
        Migration migration = step.migration();
        return new HistoryEntry(
                events.runId(),
                migration.version(),
                migration.description(),
                migration.script(),
                step.takesBack() ? Kind.ROLLBACK : migration.repeatable() ? Kind.REPEATABLE : Kind.VERSIONED,
                migration.checksum(),
                statements,
                instance(),
                actor,
                safetyNet.wayBack(),
                step.takesBack() ? null : keptRollback(migration));
    }
}
