package dev.migrator.run;

import dev.migrator.history.HistoryEntry;
import dev.migrator.history.HistoryWriter;
import dev.migrator.history.Kind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What a step that failed has left in the database, as the history says it. */
final class Remains {

    private final HistoryWriter history;
    private final HistoryEntry entry;
    private final int known;

    /**
     * Of one step.
     *
     * @param known up to which statement it is known to be done
     */
    Remains(HistoryWriter history, HistoryEntry entry, int known) {
        this.history = history;
        this.entry = entry;
        this.known = known;
    }

    String script() {
        return entry.script();
    }

    /** What the history says of it once it is committed: the end of a sentence. */
    String recorded() {
        return takesBack()
                ? ", and version " + entry.version() + " is recorded as rolled back."
                : ", and is recorded as applied.";
    }

    /** What the history says of it as long as it is not: a sentence without its end. */
    String notRecorded() {
        return takesBack()
                ? "version " + entry.version() + " is not recorded as rolled back"
                : entry.script() + " is not recorded as applied";
    }

    /** What the server has made of a transaction that was not committed: a sentence without its end. */
    String undone() {
        return takesBack() ? "the server has undone " + entry.script() + " as a whole" : "the server rolled it back";
    }

    private boolean takesBack() {
        return entry.kind() == Kind.ROLLBACK;
    }

    /** Whether the step is committed in spite of all; false also where that could not be asked. */
    boolean areAll(Connection connection) {
        try {
            return areCommitted(connection);
        } catch (SQLException e) {
            return false;
        }
    }

    /** Whether the step is committed. */
    boolean areCommitted(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(history.isApplied(entry))) {
            row.next();
            return row.getBoolean(1);
        }
    }

    /** How far a step has come that is no single transaction. */
    String describe(Connection connection) {
        if (entry.statementsTotal() == 0) {
            return entry.script() + " ran outside of a transaction; what it did until it ended stays.";
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(history.statementsDone(entry))) {
            int done = row.next() ? row.getInt(1) : known;
            return done == 0
                    ? "nothing of " + entry.script() + " is done."
                    : "statements 1 to " + done + " of " + entry.statementsTotal() + " of " + entry.script()
                            + " are done and stay"
                            + (takesBack() ? ": version " + entry.version() + " is rolled back in part." : ".");
        } catch (SQLException e) {
            return "how many statements of " + entry.script()
                    + " are done could not be asked; its row in the history says it.";
        }
    }
}
