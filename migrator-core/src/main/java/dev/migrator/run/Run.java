package dev.migrator.run;

import dev.migrator.history.HistoryEntry;
import dev.migrator.history.HistoryTable;
import dev.migrator.history.Kind;
import dev.migrator.history.TableName;
import dev.migrator.history.WayBack;
import dev.migrator.migration.CallbackEvent;
import dev.migrator.migration.Version;
import dev.migrator.plan.Plan;
import dev.migrator.postgres.Catalog;
import dev.migrator.postgres.Session;
import dev.migrator.run.MigrationReport.Applied;
import dev.migrator.run.MigrationReport.Skipped;
import dev.migrator.run.UnderLock.Holder;
import dev.migrator.sql.Placeholders;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One run that has something to do, from the first look to the report. */
final class Run {

    private final RunContext context;
    private final RunOptions options;
    private final Events events;
    private final long begun;

    /**
     * A run.
     *
     * @param begun when it was, in {@link System#nanoTime()}
     */
    Run(RunContext context, long begun) {
        this.context = context;
        this.options = context.options();
        this.events = context.events();
        this.begun = begun;
    }

    /** Does what there is to do, judging by a history that was read already. */
    MigrationReport migrate(Session session, HistoryTable.Content content) throws SQLException {
        Plan plan = Look.at(context, content, true).plan();
        if (plan.isEmpty()) {
            return report(plan, List.of(), List.of());
        }
        if (plan.steps().isEmpty() && plan.baseline() == null) {
            throw new ValidationFailedException(plan.problems());
        }
        return UnderLock.inSession(context, session, () -> unlessPending(session), this::migrate);
    }

    /** The report of one who has nothing to do, or null. */
    private @Nullable MigrationReport unlessPending(Session session) throws SQLException {
        Plan plan = Look.at(context, session, options.table(), true).plan();
        return plan.isEmpty() ? report(plan, List.of(), List.of()) : null;
    }

    private MigrationReport migrate(Holder holder) throws SQLException {
        Session session = holder.session();
        TableName table = holder.table();
        boolean schemaEmpty =
                new Catalog(session.connection()).schemaIsEmpty(Objects.requireNonNull(table.schema()), table.table())
                        || isFilledByCallbacks(session, table);
        Standing standing = Look.at(context, session, table, schemaEmpty);
        Plan plan = standing.plan();
        if (plan.isEmpty()) {
            return report(plan, List.of(), List.of());
        }
        Placeholders placeholders = KnownPlaceholders.of(options, table, session.facts());
        FirstReading reading = FirstReading.of(plan.steps(), placeholders, options.environments());
        CallbackReading callbacks =
                CallbackReading.of(context.found().callbacks(), placeholders, options.environments());
        boolean borrowed = Locking.isBorrowed(session, options);
        reading.refuse(callbacks.problems(plan.problems(), borrowed), borrowed);
        context.cancellation().check("before its first migration");
        events.tell(
                new RunEvent.Planned(events.runId(), Instant.now(), plan.steps().size()));
        List<Applied> applied = new ArrayList<>();
        List<Skipped> skipped = new ArrayList<>();
        new Execution(context, holder, placeholders).run(safetyNet(reading, holder), work -> {
            holder.preparation().prepare(work, table, standing.history().exists(), baseline(work, plan));
            events.phase(Phase.RUNNING, null);
            StepRunner runner = new StepRunner(context.database(), work, callbacks.callbacks());
            if (firstToRun(reading) == null) {
                runner.run(reading.steps());
            } else {
                new RunCallbacks(work, callbacks.callbacks(), runner).around(() -> runner.run(reading.steps()));
            }
            applied.addAll(runner.applied());
            skipped.addAll(runner.skipped());
        });
        return report(plan, applied, skipped);
    }

    /**
     * The table is made for a schema that is empty, or together with the row of its baseline. If it is there without any row,
     * what is beside it may be the work of a callback ahead of the first migration, which then did not come to its end.
     */
    private boolean isFilledByCallbacks(Session session, TableName table) throws SQLException {
        return context.found().callbacks().stream()
                        .anyMatch(callback -> callback.event() == CallbackEvent.BEFORE_MIGRATE)
                && Database.read(session, table).exists();
    }

    private String[] baseline(Work work, Plan plan) {
        return plan.baseline() == null
                ? new String[0]
                : new String[] {
                    work.history()
                            .baseline(baselineEntry(
                                    work, plan.baseline(), options.rules().baselineDescription()))
                };
    }

    /** What only is recorded as skipped, or as a baseline, changes nothing that one might want back. */
    private SafetyNet safetyNet(FirstReading reading, Holder holder) throws SQLException {
        PendingStep first = firstToRun(reading);
        return first == null ? SafetyNet.NONE : new Precaution(context, holder).take("before-" + name(first));
    }

    /** What is only recorded runs no callback either. */
    private static @Nullable PendingStep firstToRun(FirstReading reading) {
        return reading.steps().stream()
                .filter(step -> step.skipReason() == null)
                .findFirst()
                .orElse(null);
    }

    private static String name(PendingStep step) {
        Version version = step.migration().version();
        return version == null ? "repeatables" : version.text();
    }

    static HistoryEntry baselineEntry(Work work, Version version, String description) {
        return new HistoryEntry(
                work.events().runId(),
                version,
                description,
                description,
                Kind.BASELINE,
                null,
                0,
                work.instance(),
                work.actor(),
                WayBack.NONE,
                null);
    }

    private MigrationReport report(Plan plan, List<Applied> applied, List<Skipped> skipped) {
        int found = plan.migrations().size();
        return new MigrationReport(
                events.runId(),
                found,
                List.copyOf(applied),
                found - applied.size(),
                List.copyOf(skipped),
                plan.notes(),
                Duration.ofNanos(System.nanoTime() - begun));
    }
}
