package dev.migrator.run;

import dev.migrator.history.HistoryEntry;
import dev.migrator.history.HistoryRow;
import dev.migrator.history.HistoryTable;
import dev.migrator.history.HistoryWriter;
import dev.migrator.history.Kind;
import dev.migrator.history.State;
import dev.migrator.history.TableName;
import dev.migrator.lock.MigrationLock;
import dev.migrator.migration.Found;
import dev.migrator.migration.Migration;
import dev.migrator.plan.Planner;
import dev.migrator.postgres.Session;
import dev.migrator.sql.Placeholders;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Records, under the lock, how far an unfinished migration has come, as a person says. */
final class RepairRun {

    private final Database database;
    private final Found found;
    private final RunOptions options;
    private final Events events;
    private final Consumer<Standing> standings;
    private final Cancellation cancellation;
    private final long start = System.nanoTime();

    RepairRun(
            Database database,
            Found found,
            RunOptions options,
            Events events,
            Consumer<Standing> standings,
            Cancellation cancellation) {
        this.database = database;
        this.found = found;
        this.options = options;
        this.events = events;
        this.standings = standings;
        this.cancellation = cancellation;
    }

    RepairReport repair(Repair repair) {
        try (Session session = new Connecting(database, options.connectTimeout(), events, cancellation).open()) {
            Preparation preparation = new Preparation(session);
            preparation.requireWritable();
            TableName table = preparation.resolve(options.table());
            Locking locking = new Locking(database, session, table, options);
            MigrationLock lock = locking.lock(events);
            LockWait.acquire(lock, options.lock().maxWait(), events, cancellation);
            try {
                return repairAsHolder(repair, session, locking.scriptSession(), table, lock);
            } finally {
                cancellation.end();
                lock.release();
            }
        } catch (SQLException e) {
            throw Database.trouble("The repair could not be recorded", e);
        }
    }

    private RepairReport repairAsHolder(
            Repair repair, Session session, ScriptSession scriptSession, TableName table, MigrationLock lock)
            throws SQLException {
        Unfinished unfinished =
                new Unfinished(found, Database.read(session, table).history());
        HistoryRow row = unfinished.row(repair.migration());
        Migration migration = unfinished.migration(row);
        Placeholders placeholders = KnownPlaceholders.of(options, table, session.facts());
        RepairedRow repaired = RepairedRow.of(repair, row, migration, placeholders);
        Work work = new Work(
                session, scriptSession, lock, new HistoryWriter(table), options, events, placeholders, cancellation);
        HistoryEntry entry = entry(work, migration, repaired.statements());
        List<String> statements = new ArrayList<>();
        if (row.state() == State.RUNNING) {
            // we hold the lock: its instance is dead
            statements.add(work.history().interrupted(row));
        }
        statements.add(
                work.history().repaired(entry, repaired.state(), repaired.statementsDone(), repaired.doneChecksum()));
        work.record(statements.toArray(String[]::new));
        lookAgain(session, table);
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
                work.instance());
    }

    /** What the history says from now on is what is shown. */
    private void lookAgain(Session session, TableName table) throws SQLException {
        HistoryTable.Content content = Database.read(session, table);
        standings.accept(new Standing(
                content.table(), content.history(), Planner.plan(found, content.history(), options.rules(), true)));
    }

    private RepairReport report(Migration migration, RepairedRow repaired) {
        return new RepairReport(
                events.runId(),
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
