package dev.migrator.run;

import dev.migrator.history.History;
import dev.migrator.history.HistoryWriter;
import dev.migrator.history.TableName;
import dev.migrator.migration.Version;
import dev.migrator.postgres.AdvisoryLock;
import dev.migrator.postgres.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

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
            AdvisoryLock lock = AdvisoryLock.of(Objects.requireNonNull(table.schema()), table.table());
            LockWait.acquire(lock, session, options.lockMaxWait(), events, cancellation);
            try {
                History history = Database.read(session, table).history();
                refuseHistory(history, table);
                preparation.prepare(table, history.exists());
                Work work = new Work(
                        session, lock, new HistoryWriter(table), options, events, options.placeholders(), cancellation);
                work.record(work.history().baseline(Run.baselineEntry(work, version, description)));
            } finally {
                cancellation.end();
                LockWait.release(lock, session);
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
