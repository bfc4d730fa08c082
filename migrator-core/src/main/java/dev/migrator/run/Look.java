package dev.migrator.run;

import dev.migrator.history.HistoryTable;
import dev.migrator.history.TableName;
import dev.migrator.postgres.Session;
import java.sql.SQLException;

/** How things stand: the history is read, the plan is made, and whoever shows it is told. */
final class Look {

    private Look() {}

    static Standing at(RunContext context, Session session, TableName table, boolean schemaEmpty) throws SQLException {
        return at(context, Database.read(session, table), schemaEmpty);
    }

    /** The same of a history that was read already. */
    static Standing at(RunContext context, HistoryTable.Content content, boolean schemaEmpty) {
        Standing standing = standing(context, content, schemaEmpty);
        standing.plan();
        context.standings().accept(standing);
        return standing;
    }

    /** Where nothing is to be done, the plan can wait until somebody wants to see how things stand. */
    static void later(RunContext context, HistoryTable.Content content) {
        context.standings().accept(standing(context, content, true));
    }

    private static Standing standing(RunContext context, HistoryTable.Content content, boolean schemaEmpty) {
        return new Standing(content, context.found(), context.options().rules(), schemaEmpty);
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
