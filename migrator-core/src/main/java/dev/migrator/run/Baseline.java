package dev.migrator.run;

import dev.migrator.history.History;
import dev.migrator.history.HistoryWriter;
import dev.migrator.history.TableName;
import dev.migrator.lock.MigrationLock;
import dev.migrator.migration.Version;
import dev.migrator.postgres.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Takes a schema as it stands: records the version that it is at, under the lock, and runs nothing. */
final class Baseline {

    private final Database database;
    private final RunOptions options;
    private final Events events;
    private final Cancellation cancellation;

    Baseline(Database database, RunOptions options, Events events, Cancellation cancellation) {
        this.database = database;
        this.options = options;
        this.events = events;
        this.cancellation = cancellation;
    }

    MigrationReport record(Version version, String description) {
        long start = System.nanoTime();
        try (Session session = new Connecting(database, options.connectTimeout(), events, cancellation).open()) {
            Preparation preparation = new Preparation(session);
            preparation.requireWritable();
            TableName table = preparation.resolve(options.table());
            Locking locking = new Locking(database, session, table, options);
            MigrationLock lock = locking.lock(events);
            LockWait.acquire(lock, options.lock().maxWait(), events, cancellation);
            try {
                History history = Database.read(session, table).history();
                refuseHistory(history, table);
                Work work = new Work(
                        session,
                        locking.scriptSession(),
                        lock,
                        new HistoryWriter(table),
                        options,
                        events,
                        options.placeholders(),
                        cancellation);
                preparation.prepare(work, table, history.exists());
                work.record(work.history().baseline(Run.baselineEntry(work, version, description)));
            } finally {
                cancellation.end();
                lock.release();
            }
            return new MigrationReport(
                    events.runId(), 0, List.of(), 0, List.of(), Duration.ofNanos(System.nanoTime() - start));
        } catch (SQLException e) {
            throw Database.trouble("The baseline could not be recorded", e);
        }
    }

    private static void refuseHistory(History history, TableName table) {
        if (!history.isEmpty()) {
            throw new ConfigurationException(
                    "The table " + table + " has a history already; a baseline is only for a database without one.",
                    "nothing was run; it is as it was.",
                    "Nothing is to be done, unless the history is another application's; then give migrator.table.",
                    null);
        }
    }
}
