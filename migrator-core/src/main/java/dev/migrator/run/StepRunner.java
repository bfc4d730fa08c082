package dev.migrator.run;

import dev.migrator.history.HistoryEntry;
import dev.migrator.history.HistoryRow;
import dev.migrator.history.State;
import dev.migrator.migration.Migration;
import dev.migrator.plan.Step;
import dev.migrator.run.MigrationReport.Applied;
import dev.migrator.run.MigrationReport.Skipped;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the steps of a run one after the other. */
final class StepRunner {

    private static final Logger LOG = LoggerFactory.getLogger(StepRunner.class);

    private final Database database;
    private final Work work;
    private final Callbacks callbacks;
    private final Events events;
    private final List<Applied> applied = new ArrayList<>();
    private final List<Skipped> skipped = new ArrayList<>();

    /** Of a run without callbacks. */
    StepRunner(Database database, Work work) {
        this(database, work, Callbacks.NONE);
    }

    /**
     * Of a run.
     *
     * @param callbacks of which those around each step are run with it
     */
    StepRunner(Database database, Work work, Callbacks callbacks) {
        this.database = database;
        this.work = work;
        this.callbacks = callbacks;
        this.events = work.events();
    }

    /** What was applied, or taken back, so far. */
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
        if (work.cancellation().mustStop()) {
            throw new RunCancelledException(
                    "The run was cancelled" + work.cancellation().byWhom() + " before " + migration.script() + ".",
                    "nothing of " + migration.script() + " was run." + before(pending.step()),
                    pending.step().takesBack() ? Aftermath.ROLL_BACK_THE_REST : Cancellation.ACTION,
                    null);
        }
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
        markInterrupted(pending.step(), pending.step().resumes(), "going on from there");
        markInterrupted(
                pending.step(),
                pending.step().abandons(),
                pending.step().takesBack() ? "it is rolled back" : "it was changed since, and begins at its beginning");
        long start = System.nanoTime();
        if (pending.skipReason() != null) {
            skip(pending, pending.skipReason(), version, start);
            return;
        }
        execute(pending, number == of, start);
        Duration duration = Duration.ofNanos(System.nanoTime() - start);
        applied.add(new Applied(version, migration.description(), migration.script(), duration));
        events.tell(
                pending.step().takesBack()
                        ? new RunEvent.StepRolledBack(
                                events.runId(),
                                Instant.now(),
                                String.valueOf(version),
                                migration.script(),
                                duration.toMillis())
                        : new RunEvent.StepFinished(
                                events.runId(), Instant.now(), version, migration.script(), duration.toMillis()));
    }

    private void skip(PendingStep pending, String reason, @Nullable String version, long start) {
        SkipStep step = new SkipStep(work, pending);
        try {
            step.run(reason);
        } catch (StepFailure e) {
            throw aftermath(pending, step.entry(), true, 0).of(e, start);
        }
        Migration migration = pending.migration();
        skipped.add(new Skipped(version, migration.description(), migration.script(), reason));
        events.tell(new RunEvent.StepSkipped(events.runId(), Instant.now(), version, migration.script(), reason));
    }

    /** We hold the lock: whoever left a running row behind is dead. */
    private void markInterrupted(Step step, @Nullable HistoryRow row, String next) {
        if (row != null && row.state() == State.RUNNING) {
            LOG.warn(
                    "{} was interrupted by the end of its instance ({}) {}; {}",
                    row.script(),
                    row.instance(),
                    row.stopped(),
                    next);
            try {
                work.record(work.history().interrupted(row));
            } catch (SQLException e) {
                throw Database.trouble(
                        "The interrupted row of " + row.script() + " could not be marked in the history",
                        row.script() + " stands where it was interrupted." + before(step),
                        Aftermath.whenReached(step.takesBack()),
                        e);
            }
        }
    }

    private void execute(PendingStep pending, boolean last, long start) {
        if (pending.migration().content() instanceof Migration.Java java) {
            JavaStep step = new JavaStep(work, pending.step(), java.migration(), callbacks);
            try {
                step.run();
                keepSights(step.entry());
            } catch (StepFailure e) {
                throw aftermath(pending, step.entry(), java.migration().transactional(), 0)
                        .of(e, start);
            }
        } else if (pending.migration().content() instanceof Migration.Sql sql) {
            SqlStep step = new SqlStep(
                    work, pending.step(), sql.script(), Objects.requireNonNull(pending.outline()), callbacks, last);
            try {
                step.run();
                keepSights(step.entry());
            } catch (StepFailure e) {
                throw aftermath(pending, step.entry(), step.isOneTransaction(), step.statementsDone())
                        .of(e, start);
            }
        }
    }

    /** A transaction more, but of what took long only. */
    private void keepSights(HistoryEntry entry) {
        work.keep(entry, work.progress().sights());
    }

    private Aftermath aftermath(PendingStep pending, HistoryEntry entry, boolean oneTransaction, int done) {
        return new Aftermath(database, work, entry, oneTransaction, done, before(pending.step()));
    }

    private String before(Step step) {
        if (step.takesBack()) {
            return applied.isEmpty()
                    ? " Nothing else was rolled back by this run."
                    : " Rolled back before it by this run, and pending again: "
                            + applied.stream()
                                    .map(done -> String.valueOf(done.version()))
                                    .collect(Collectors.joining(", "))
                            + ". A rollback --count no longer counts these.";
        }
        return switch (applied.size()) {
            case 0 -> " No other migration was applied by this run.";
            case 1 -> " One migration was applied before it by this run, and stays.";
            default -> " " + applied.size() + " migrations were applied before it by this run, and stay.";
        };
    }
}
