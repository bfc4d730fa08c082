package dev.migrator.run;

import dev.migrator.history.HistoryTable;
import dev.migrator.history.TableName;
import dev.migrator.plan.Plan;
import dev.migrator.plan.Planner;
import dev.migrator.postgres.Session;
import java.sql.SQLException;

/** How things stand: the history is read, the plan is made, and whoever shows it is told. */
final class Look {

    private Look() {}

    static Standing at(RunContext context, Session session, TableName table, boolean schemaEmpty) throws SQLException {
        HistoryTable.Content content = Database.read(session, table);
        Plan plan = Planner.plan(
                context.found(), content.history(), context.options().rules(), schemaEmpty);
        Standing standing = new Standing(content.table(), content.history(), plan);
        context.standings().accept(standing);
        return standing;
    }

    /** What the history says after a run is what is shown from now on. */
    static void again(RunContext context, Session session, TableName table) {
        try {
            at(context, session, table, true);
        } catch (SQLException | MigratorException e) {
            // The session is lost; what was shown last stays.
        }
    }
}
