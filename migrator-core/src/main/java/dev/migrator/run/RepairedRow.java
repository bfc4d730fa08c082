package dev.migrator.run;

import dev.migrator.history.HistoryRow;
import dev.migrator.history.Kind;
import dev.migrator.history.State;
import dev.migrator.migration.Migration;
import dev.migrator.sql.Placeholders;
import dev.migrator.sql.ScriptException;
import dev.migrator.sql.ScriptOutline;
import dev.migrator.sql.ScriptScanner;
import dev.migrator.sql.Statement;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a repair says of a migration, as its row in the history will have it.
 *
 * @param statements how many the migration has now; 0 for a Java migration
 * @param doneChecksum of the text up to the checkpoint, as a run would have recorded it
 */
record RepairedRow(
        State state,
        int statements,
        int statementsDone,
        @Nullable String doneChecksum) {

    /**
     * Makes it.
     *
     * @param row which speaks for the migration now
     * @throws ConfigurationException if the repair makes no sense
     */
    static RepairedRow of(Repair repair, HistoryRow row, Migration migration, Placeholders placeholders) {
        if (migration.content() instanceof Migration.Java java) {
            return ofJava(repair, row, java);
        }
        Migration.Sql sql = (Migration.Sql) migration.content();
        try {
            return ofScript(repair, row, sql, placeholders);
        } catch (IOException | StepFailure | ScriptException | IllegalArgumentException e) {
            throw Unfinished.refusal(sql.origin() + " cannot be read: " + e.getMessage(), "Correct the script.");
        }
    }

    private static RepairedRow ofJava(Repair repair, HistoryRow row, Migration.Java java) {
        if (row.state() == State.FAILED && java.migration().transactional()) {
            throw needsNone(row, "migration");
        }
        return switch (repair.way()) {
            case MARK_APPLIED -> new RepairedRow(State.APPLIED, 0, 0, null);
            case RETRY -> new RepairedRow(State.INTERRUPTED, 0, 0, null);
            case RESUME_AFTER ->
                throw Unfinished.refusal(
                        row.script() + " is a migration in Java: it has no statements to go on behind.",
                        "Use --retry (Repair.retry()) or --mark-applied (Repair.markApplied()).");
        };
    }

    private static RepairedRow ofScript(Repair repair, HistoryRow row, Migration.Sql sql, Placeholders placeholders)
            throws IOException, StepFailure {
        ScriptOutline outline = outline(sql, placeholders);
        int total = outline.statements();
        if (row.state() == State.FAILED
                && row.statementsDone() == 0
                && !row.hidesOutcome()
                && SqlStep.isOneTransaction(outline.segments())
                && !mayCommitAtOnce(sql, outline, placeholders)) {
            throw needsNone(row, "script");
        }
        return switch (repair.way()) {
            case MARK_APPLIED -> new RepairedRow(State.APPLIED, total, total, outline.checksum());
            case RETRY -> new RepairedRow(State.INTERRUPTED, total, row.statementsDone(), row.doneChecksum());
            case RESUME_AFTER -> {
                requireStatement(repair.statement(), total, row);
                try (ScriptCursor cursor = new ScriptCursor(sql.script(), placeholders, outline.directives())) {
                    yield new RepairedRow(
                            State.INTERRUPTED, total, repair.statement(), checksum(repair.statement(), row, cursor));
                }
            }
        };
    }

    /** The server refuses a transaction for a first statement that commits, so that a part of it may stay when it fails. */
    private static boolean mayCommitAtOnce(Migration.Sql sql, ScriptOutline outline, Placeholders placeholders)
            throws IOException {
        try (ScriptCursor cursor = new ScriptCursor(sql.script(), placeholders, outline.directives())) {
            Statement first = cursor.next();
            return first != null && StatementSegment.mayCommit(first);
        }
    }

    private static ScriptOutline outline(Migration.Sql sql, Placeholders placeholders) throws IOException {
        try (InputStream in = sql.script().source().open()) {
            return new ScriptScanner(
                            sql.script().path(), in, placeholders, sql.conf().directives())
                    .outline();
        }
    }

    private static void requireStatement(int statement, int total, HistoryRow row) {
        if (statement < 0 || statement > total) {
            throw Unfinished.refusal(
                    row.script() + " has " + total + " statements: there is no statement " + statement
                            + " to go on behind.",
                    "Give a number from 0 (none is done) to " + total + " (all are done).");
        }
    }

    /** What lies before the old checkpoint has run as it was then. */
    private static @Nullable String checksum(int statement, HistoryRow row, ScriptCursor cursor)
            throws IOException, StepFailure {
        String recorded = row.doneChecksum();
        if (recorded != null
                && row.statementsDone() <= statement
                && !recorded.equals(at(row.statementsDone(), cursor))) {
            throw Unfinished.refusal(
                    row.script() + " was changed before statement " + (row.statementsDone() + 1)
                            + ", up to which it has run already; only what comes behind may be mended.",
                    "Take the change back.");
        }
        return statement == 0 ? null : at(statement, cursor);
    }

    private static String at(int statement, ScriptCursor cursor) throws IOException, StepFailure {
        cursor.seek(statement, skipped -> {});
        return cursor.checksum();
    }

    private static ConfigurationException needsNone(HistoryRow row, String what) {
        return Unfinished.refusal(
                row.script() + " needs no repair: it failed in a transaction, which the server rolled back as a whole.",
                "Correct the " + what + " and " + (row.kind() == Kind.ROLLBACK ? "roll back" : "migrate")
                        + " again; it will be run from its beginning.");
    }
}
