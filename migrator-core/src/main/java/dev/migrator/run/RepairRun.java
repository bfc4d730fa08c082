package dev.migrator.run;

import dev.migrator.history.History;
import dev.migrator.history.HistoryEntry;
import dev.migrator.history.HistoryRow;
import dev.migrator.history.KeptRollback;
import dev.migrator.history.KeptRollbacks;
import dev.migrator.history.Kind;
import dev.migrator.history.State;
import dev.migrator.history.WayBack;
import dev.migrator.migration.Migration;
import dev.migrator.plan.Rollback;
import dev.migrator.plan.RollbackPlan;
import dev.migrator.plan.RollbackPlanner;
import dev.migrator.postgres.Session;
import dev.migrator.run.UnderLock.Holder;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Records, under the lock, how far an unfinished migration has come, as a person says. */
final class RepairRun {

    private final RunContext context;
    private final long start = System.nanoTime();

    RepairRun(RunContext context) {
        this.context = context;
    }

    RepairReport repair(Repair repair) {
        return UnderLock.connected(context, "The repair could not be recorded", holder -> repair(repair, holder));
    }

    private RepairReport repair(Repair repair, Holder holder) throws SQLException {
        Session session = holder.session();
        History history = Database.read(session, holder.table()).history();
        Unfinished unfinished = new Unfinished(context.found(), history);
        HistoryRow row = unfinished.row(repair.migration());
        boolean takesBack = row.kind() == Kind.ROLLBACK;
        Migration migration = takesBack ? wayBack(row, history, holder) : unfinished.migration(row);
        Work work = Work.ofHistory(context, holder);
        RepairedRow repaired = RepairedRow.of(repair, row, migration, work.placeholders());
        HistoryEntry entry =
                takesBack ? rollback(work, row, repaired.statements()) : entry(work, migration, repaired.statements());
        List<String> statements = new ArrayList<>();
        if (row.state() == State.RUNNING) {
            // we hold the lock: its instance is dead
            statements.add(work.history().interrupted(row));
        }
        statements.add(
                work.history().repaired(entry, repaired.state(), repaired.statementsDone(), repaired.doneChecksum()));
        work.record(statements.toArray(String[]::new));
        Look.at(context, session, holder.table(), true);
        return report(migration, repaired, takesBack);
    }

    /** What takes the version back, as the next rollback would find it. */
    private Migration wayBack(HistoryRow rollback, History history, Holder holder) throws SQLException {
        HistoryRow taken = Objects.requireNonNull(history.of(Objects.requireNonNull(rollback.version())));
        Map<Long, KeptRollback> kept =
                KeptRollbacks.of(holder.session().connection(), holder.table(), List.of(taken.id()));
        RollbackPlan plan = RollbackPlanner.plan(Rollback.last(), List.of(taken), context.found(), history, kept);
        if (!plan.problems().isEmpty()) {
            throw new ValidationFailedException(plan.problems());
        }
        return plan.steps().get(0).migration();
    }

    /** A row like a rollback's own: older releases understand it too. */
    private static HistoryEntry rollback(Work work, HistoryRow row, int statements) {
        return new HistoryEntry(
                work.events().runId(),
                row.version(),
                row.description(),
                row.script(),
                Kind.ROLLBACK,
                row.checksum(),
                statements,
                work.instance(),
                work.actor(),
                WayBack.NONE,
                null);
    }

    private static HistoryEntry entry(Work work, Migration migration, int statements) {
        return new HistoryEntry(
                work.events().runId(),
                migration.version(),
                migration.description(),
                migration.script(),
                Kind.REPAIR,
                migration.checksum(),
                statements,
                work.instance(),
                work.actor(),
                WayBack.NONE,
                work.keptRollback(migration));
    }

    private RepairReport report(Migration migration, RepairedRow repaired, boolean takesBack) {
        return new RepairReport(
                context.events().runId(),
                version(migration),
                migration.script(),
                repaired.state().code(),
                repaired.statementsDone(),
                repaired.statements(),
                takesBack,
                Duration.ofNanos(System.nanoTime() - start));
    }

    private static @Nullable String version(Migration migration) {
        return migration.version() == null ? null : migration.version().text();
    }
}
