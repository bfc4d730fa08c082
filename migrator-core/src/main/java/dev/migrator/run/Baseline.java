package dev.migrator.run;

import dev.migrator.history.History;
import dev.migrator.history.TableName;
import dev.migrator.migration.Version;
import dev.migrator.run.UnderLock.Holder;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Takes a schema as it stands: records the version that it is at, under the lock, and runs nothing. */
final class Baseline {

    private final RunContext context;

    Baseline(RunContext context) {
        this.context = context;
    }

    MigrationReport record(Version version, String description) {
        long start = System.nanoTime();
        return UnderLock.connected(context, "The baseline could not be recorded", holder -> {
            record(holder, version, description);
            return new MigrationReport(
                    context.events().runId(), 0, List.of(), 0, List.of(), Duration.ofNanos(System.nanoTime() - start));
        });
    }

    private void record(Holder holder, Version version, String description) throws SQLException {
        TableName table = holder.table();
        History history = Database.read(holder.session(), table).history();
        refuseHistory(history, table);
        Work work = Work.ofHistory(context, holder);
        holder.preparation()
                .prepare(
                        work,
                        table,
                        history.exists(),
                        work.history().baseline(Run.baselineEntry(work, version, description)));
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
