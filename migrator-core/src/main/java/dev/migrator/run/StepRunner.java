package dev.migrator.run;

import dev.migrator.history.HistoryEntry;
import dev.migrator.history.HistoryRow;
import dev.migrator.history.State;
import dev.migrator.migration.Migration;
import dev.migrator.run.MigrationReport.Applied;
import dev.migrator.run.MigrationReport.Skipped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the steps of a run one after the other, and says in which state a failure leaves the database. */
final class StepRunner {

    private static final Logger LOG = LoggerFactory.getLogger(StepRunner.class);

    private final Database database;
    private final Work work;
    private final Events events;
    private final List<Applied> applied = new ArrayList<>();
    private final List<Skipped> skipped = new ArrayList<>();

    StepRunner(Database database, Work work) {
        this.database = database;
        this.work = work;
        this.events = work.events();
    }

    /** What was applied so far. */
    List<Applied> applied() {
        return applied;
    }

    /** What was not to run here. */
    List<Skipped> skipped() {
        return skipped;
    }

    /** Runs all of them. */
    void run(List<PendingStep> steps) {
        for (int i = 0; i < steps.size(); i++) {
            run(steps.get(i), i + 1, steps.size());
        }
    }

    private void run(PendingStep pending, int number, int of) {
        Migration migration = pending.migration();
        String version =
                migration.version() == null ? null : migration.version().text();
        events.tell(new RunEvent.StepStarted(
                events.runId(),
                Instant.now(),
                number,
                of,
                version,
                migration.description(),
                migration.script(),
                pending.statements()));
        markInterrupted(pending.step().resumes());
        long start = System.nanoTime();
        if (pending.skipReason() != null) {
            skip(pending, pending.skipReason(), version, start);
            return;
        }
        execute(pending, start);
        Duration duration = Duration.ofNanos(System.nanoTime() - start);
        applied.add(new Applied(version, migration.description(), migration.script(), duration));
        events.tell(new RunEvent.StepFinished(
                events.runId(), Instant.now(), version, migration.script(), duration.toMillis()));
    }

    private void skip(PendingStep pending, String reason, @Nullable String version, long start) {
        SkipStep step = new SkipStep(work, pending);
        try {
            step.run(reason);
        } catch (StepFailure e) {
            throw failed(e, step.entry(), true, 0, start);
        }
        Migration migration = pending.migration();
        skipped.add(new Skipped(version, migration.description(), migration.script(), reason));
        events.tell(new RunEvent.StepSkipped(events.runId(), Instant.now(), version, migration.script(), reason));
    }

    /** We hold the lock: whoever left a running row behind is dead. */
    private void markInterrupted(@Nullable HistoryRow row) {
        if (row != null && row.state() == State.RUNNING) {
            LOG.warn(
                    "{} was interrupted by the end of its instance ({}) after statement {} of {}; going on from there",
                    row.script(),
                    row.instance(),
                    row.statementsDone(),
                    row.statementsTotal());
            try {
                work.record(work.history().interrupted(row));
            } catch (SQLException e) {
                throw Database.trouble(
                        "The interrupted row of " + row.script() + " could not be marked in the history",
                        row.script() + " stands where it was interrupted." + before(),
                        e);
            }
        }
    }

    private void execute(PendingStep pending, long start) {
        if (pending.migration().content() instanceof Migration.Java java) {
            JavaStep step = new JavaStep(work, pending.step(), java.migration());
            try {
                step.run();
            } catch (StepFailure e) {
                throw failed(e, step.entry(), java.migration().transactional(), 0, start);
            }
        } else if (pending.migration().content() instanceof Migration.Sql sql) {
            SqlStep step = new SqlStep(work, pending.step(), sql.script(), Objects.requireNonNull(pending.outline()));
            try {
                step.run();
            } catch (StepFailure e) {
                throw failed(e, step.entry(), step.isOneTransaction(), step.statementsDone(), start);
            }
        }
    }

    private MigratorException failed(StepFailure e, HistoryEntry entry, boolean oneTransaction, int done, long start) {
        if (e.isConnectionLost()) {
            return lost(e, oneTransaction, new Remains(work.history(), entry, done));
        }
        long durationMs = (System.nanoTime() - start) / 1_000_000;
        work.leaveScript();
        Remains remains = new Remains(work.history(), entry, done);
        Connection connection = work.session().connection();
        events.tell(new RunEvent.StepFailed(events.runId(), Instant.now(), e.failure()));
        if (oneTransaction && remains.areAll(connection)) {
            return new MigrationFailedException(
                    e.failure(),
                    "the server had no error: " + entry.script() + " is committed, and recorded as applied." + before(),
                    "Start again; the run goes on behind it.",
                    e);
        }
        String state = oneTransaction ? ofTransaction(e, entry) : remains.describe(connection) + part(e);
        record(
                entry,
                oneTransaction
                        ? work.history().failed(entry, durationMs, e.failure().summary())
                        : work.history().stopped(entry, e.failure().summary()));
        return new MigrationFailedException(e.failure(), state + before(), action(e, entry, oneTransaction), e);
    }

    private static String ofTransaction(StepFailure e, HistoryEntry entry) {
        return e.partStays()
                ? entry.script() + " has committed its transaction by itself: what it had done until then stays."
                : "the server rolled " + entry.script() + " back as a whole.";
    }

    private static String action(StepFailure e, HistoryEntry entry, boolean oneTransaction) {
        if (oneTransaction && e.isTransient()) {
            return "Nothing need be wrong with the migration: others held what it needs. See who holds it (the log, or"
                    + " pg_blocking_pids), and start again when they have finished; or let it try longer, with"
                    + " migrator.lock-timeout and migrator.retry.max-attempts.";
        }
        if (e.lacksResources()) {
            return "Nothing need be wrong with the migration: the server lacks what it needs, such as room on its disk (see"
                    + " its message). See to that and start again; "
                    + (oneTransaction && !e.partStays() || entry.statementsTotal() == 0
                            ? "it will be run from its beginning."
                            : "the run goes on behind the last statement that is done.");
        }
        if (oneTransaction && !e.partStays()) {
            return "Correct the " + (entry.statementsTotal() == 0 ? "migration" : "script")
                    + " and start again; it will be run from its beginning.";
        }
        return entry.statementsTotal() == 0
                ? "Correct the migration, see to what it has left, and start again; it will be run from its beginning."
                : "Correct what failed and start again; the run goes on behind the last statement that is done. A"
                        + " script may be mended behind that statement, not before.";
    }

    /**
     * Writes the failure into the history; only the holder of the lock may, for another instance may have applied the same
     * version by now, and the newest row speaks.
     */
    private void record(HistoryEntry entry, String statement) {
        if (!work.holdsLock()) {
            LOG.warn("The failure of {} is not recorded, for the migration lock is no longer held", entry.script());
            return;
        }
        try {
            work.record(statement);
        } catch (SQLException e) {
            LOG.warn("The failure of {} could not be recorded in the history", entry.script(), e);
        }
    }

    private static String part(StepFailure e) {
        return e.partStays() && e.failure().statement() > 0
                ? " Statement " + e.failure().statement() + " may have committed a part of its work before it failed:"
                        + " that stays too, and the statement will be run again from its beginning."
                : "";
    }

    private String before() {
        return switch (applied.size()) {
            case 0 -> " No other migration was applied by this run.";
            case 1 -> " One migration was applied before it by this run, and stays.";
            default -> " " + applied.size() + " migrations were applied before it by this run, and stay.";
        };
    }

    /** A connection that is lost at COMMIT leaves its outcome in doubt: the history row is asked, over a new connection. */
    private MigratorException lost(StepFailure e, boolean oneTransaction, Remains remains) {
        events.tell(new RunEvent.StepFailed(events.runId(), Instant.now(), e.failure()));
        return new DatabaseUnreachableException(
                "The connection was lost while " + e.failure().where() + " ran: "
                        + e.failure().message(),
                new LostSession(database, work.lock()).outcome(oneTransaction, remains) + part(e) + before(),
                "Start again when the server can be reached: the run goes on where it stopped.",
                e);
    }
}
