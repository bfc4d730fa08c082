package dev.migrator.run;

import dev.migrator.migration.Migration;
import dev.migrator.plan.Rollback;
import dev.migrator.run.RollbackReport.RolledBack;
import dev.migrator.run.UnderLock.Holder;
import dev.migrator.sql.Placeholders;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Takes versions back, under the lock, as they were applied: step by step, each with its row. */
final class RollbackRun {

    private final RunContext context;
    private final long start = System.nanoTime();

    RollbackRun(RunContext context) {
        this.context = context;
    }

    /**
     * Takes them back.
     *
     * @param confirmed what somebody has agreed to, or null if nobody was asked
     */
    RollbackReport rollback(Rollback rollback, @Nullable RollbackPreview confirmed) {
        return UnderLock.connected(
                context,
                "The rollback stopped",
                Aftermath.WHEN_REACHED,
                holder -> rollback(rollback, confirmed, holder));
    }

    private RollbackReport rollback(Rollback rollback, @Nullable RollbackPreview confirmed, Holder holder)
            throws SQLException {
        Placeholders placeholders = KnownPlaceholders.of(
                context.options(), holder.table(), holder.session().facts());
        RollbackReading reading = RollbackReading.of(
                context.found(), context.options(), holder.session(), holder.table(), placeholders, rollback);
        if (confirmed != null) {
            requireSame(confirmed, reading);
        }
        if (!reading.problems().isEmpty()) {
            throw new ValidationFailedException(reading.problems());
        }
        if (reading.steps().isEmpty()) {
            return report(reading, SafetyNet.NONE, List.of());
        }
        context.cancellation().check("before anything was rolled back");
        Events events = context.events();
        List<RolledBack> rolledBack = new ArrayList<>();
        events.tell(new RunEvent.Planned(
                events.runId(), Instant.now(), reading.steps().size()));
        SafetyNet safetyNet = new Precaution(context, holder)
                .take("before-rollback-of-" + version(reading.steps().get(0)));
        new Execution(context, holder, placeholders).run(safetyNet, work -> {
            holder.preparation().prepare(work, holder.table(), true);
            events.phase(Phase.RUNNING, null);
            StepRunner runner = new StepRunner(context.database(), work);
            runner.run(reading.steps());
            runner.applied().stream()
                    .map(step -> new RolledBack(
                            String.valueOf(step.version()), step.description(), step.script(), step.duration()))
                    .forEach(rolledBack::add);
        });
        return report(reading, safetyNet, rolledBack);
    }

    private static String version(PendingStep step) {
        Migration migration = step.migration();
        return String.valueOf(migration.version());
    }

    private static void requireSame(RollbackPreview confirmed, RollbackReading reading) {
        if (!confirmed.versions().equals(reading.versions())) {
            throw changed("The database has changed since the plan was shown: version "
                    + String.join(", ", confirmed.versions()) + " was to be rolled back, and now it would be "
                    + (reading.steps().isEmpty() ? "none" : String.join(", ", reading.versions())) + ".");
        }
        for (int i = 0; i < reading.steps().size(); i++) {
            Migration now = reading.steps().get(i).migration();
            if (!Objects.equals(confirmed.items().get(i).checksum(), now.checksum())) {
                throw changed(now.script() + " has changed since the plan was shown.");
            }
        }
    }

    private static ConfigurationException changed(String description) {
        return new ConfigurationException(
                description, Database.UNTOUCHED, "Look at the new plan, and roll back again.", null);
    }

    private RollbackReport report(RollbackReading reading, SafetyNet safetyNet, List<RolledBack> rolledBack) {
        return new RollbackReport(
                context.events().runId(),
                List.copyOf(rolledBack),
                safetyNet.wayBack().backup(),
                reading.notes(),
                Duration.ofNanos(System.nanoTime() - start));
    }
}
