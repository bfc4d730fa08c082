package dev.migrator.run;

import dev.migrator.history.TableName;
import dev.migrator.migration.Found;
import dev.migrator.plan.Rollback;
import dev.migrator.postgres.BriefQuery;
import dev.migrator.postgres.Session;
import dev.migrator.run.RollbackPreview.Item;
import dev.migrator.sql.Placeholders;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Looks at what a rollback would do, and at what would be lost by it. */
final class Preview {

    private Preview() {}

    static RollbackPreview of(Found found, RunOptions options, Session session, TableName table, Rollback rollback)
            throws SQLException {
        Placeholders placeholders = KnownPlaceholders.of(options, table, session.facts());
        RollbackReading reading = RollbackReading.of(found, options, session, table, placeholders, rollback);
        List<String> path = ScriptSession.searchPath("LOCAL", options.table(), session.facts());
        Losses losses = new Losses(new BriefQuery(session.connection(), path), placeholders);
        List<Item> items = new ArrayList<>();
        for (PendingStep step : reading.steps()) {
            items.add(new Item(
                    String.valueOf(step.migration().version()),
                    step.migration().description(),
                    step.migration().script(),
                    step.statements(),
                    step.migration().checksum(),
                    losses.of(step)));
        }
        return new RollbackPreview(rollback, items, reading.problems(), reading.notes());
    }
}
