package dev.migrator.run;

import dev.migrator.history.HistoryEntry;
import dev.migrator.history.HistoryRow;
import dev.migrator.history.Kind;
import dev.migrator.history.State;
import dev.migrator.history.WayBack;
import dev.migrator.migration.Migration;
import dev.migrator.postgres.Session;
import dev.migrator.run.UnderLock.Holder;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
        Unfinished unfinished = new Unfinished(
                context.found(), Database.read(session, holder.table()).history());
        HistoryRow row = unfinished.row(repair.migration());
        Migration migration = unfinished.migration(row);
        Work work = Work.ofHistory(context, holder);
        RepairedRow repaired = RepairedRow.of(repair, row, migration, work.placeholders());
        HistoryEntry entry = entry(work, migration, repaired.statements());
        List<String> statements = new ArrayList<>();
        if (row.state() == State.RUNNING) {
            // we hold the lock: its instance is dead
            statements.add(work.history().interrupted(row));
        }
        statements.add(
                work.history().repaired(entry, repaired.state(), repaired.statementsDone(), repaired.doneChecksum()));
        work.record(statements.toArray(String[]::new));
        Look.at(context, session, holder.table(), true);
        return report(migration, repaired);
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
                WayBack.NONE,
                work.keptRollback(migration));
    }

    private RepairReport report(Migration migration, RepairedRow repaired) {
        return new RepairReport(
                context.events().runId(),
                version(migration),
                migration.script(),
                repaired.state().code(),
                repaired.statementsDone(),
                repaired.statements(),
                Duration.ofNanos(System.nanoTime() - start));
    }

    private static @Nullable String version(Migration migration) {
        return migration.version() == null ? null : migration.version().text();
    }
}
