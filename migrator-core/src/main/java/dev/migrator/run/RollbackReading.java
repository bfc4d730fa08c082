package dev.migrator.run;

import dev.migrator.history.History;
import dev.migrator.history.HistoryRow;
import dev.migrator.history.KeptRollback;
import dev.migrator.history.KeptRollbacks;
import dev.migrator.history.State;
import dev.migrator.history.TableName;
import dev.migrator.migration.Found;
import dev.migrator.plan.Problem;
import dev.migrator.plan.Rollback;
import dev.migrator.plan.RollbackPlan;
import dev.migrator.plan.RollbackPlanner;
import dev.migrator.plan.RollbackSelection;
import dev.migrator.postgres.Session;
import dev.migrator.sql.Placeholders;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * What a rollback would do: planned, and its scripts read.
 *
 * @param steps in order, ready to be run unless there are problems
 * @param problems why nothing may be taken back; all of them
 */
record RollbackReading(List<PendingStep> steps, List<Problem> problems, List<String> notes) {

    static RollbackReading of(
            Found found,
            RunOptions options,
            Session session,
            TableName table,
            Placeholders placeholders,
            Rollback rollback)
            throws SQLException {
        History history = Database.read(session, table).history();
        Connection connection = session.connection();
        Map<Long, UUID> runs = history.exists() ? KeptRollbacks.runs(connection, table) : Map.of();
        List<HistoryRow> rows = RollbackSelection.of(rollback, found, history, runs);
        Map<Long, KeptRollback> kept = rows.isEmpty()
                ? Map.of()
                : KeptRollbacks.of(
                        connection, table, rows.stream().map(HistoryRow::id).toList());
        RollbackPlan plan = RollbackPlanner.plan(rollback, rows, found, history, kept);
        FirstReading reading = FirstReading.of(plan.steps(), placeholders, options.environments());
        return new RollbackReading(
                reading.steps(),
                reading.all(plan.problems(), Locking.isBorrowed(session, options)),
                notes(plan.notes(), reading.steps(), kept));
    }

    /** What was tried out when the version was applied is another script than what is to run now. */
    private static List<String> notes(List<String> planned, List<PendingStep> steps, Map<Long, KeptRollback> kept) {
        List<String> notes = new ArrayList<>(planned);
        for (PendingStep step : steps) {
            HistoryRow taken = Objects.requireNonNull(step.step().abandons());
            KeptRollback then = kept.get(taken.id());
            String now = step.migration().checksum();
            if (then != null && taken.state() != State.SKIPPED && now != null && !now.equals(then.checksum())) {
                notes.add(step.migration().script() + " has been changed since version "
                        + step.migration().version() + " was applied; it runs as it is found here.");
            }
        }
        return notes;
    }

    /** The versions, in the order in which they are taken back. */
    List<String> versions() {
        return steps.stream()
                .map(step -> String.valueOf(step.migration().version()))
                .toList();
    }
}
