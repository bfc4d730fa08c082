package dev.migrator.run;

import dev.migrator.history.HistoryTable;
import dev.migrator.plan.Unchanged;
import dev.migrator.postgres.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * The beginning of every run: a connection, the history, and in most cases the sight that nothing is to be done. The
 * {@link Run} is for the others.
 */
final class Start {

    private final RunContext context;
    private final long begun = System.nanoTime();

    Start(RunContext context) {
        this.context = context;
    }

    MigrationReport migrate() {
        try (Session session = Connecting.of(context).open()) {
            try {
                return migrate(session);
            } finally {
                context.cancellation().end();
            }
        } catch (SQLException e) {
            throw Database.trouble("The run stopped", e);
        }
    }

    private MigrationReport migrate(Session session) throws SQLException {
        HistoryTable.Content content = Database.read(session, context.options().table());
        if (!Unchanged.is(context.found(), content.rows())) {
            return new Run(context, begun).migrate(session, content);
        }
        Look.later(context, content);
        int found = context.found().migrations().size();
        return new MigrationReport(
                context.events().runId(),
                found,
                List.of(),
                found,
                List.of(),
                List.of(),
                Duration.ofNanos(System.nanoTime() - begun));
    }
}
