package dev.migrator.run;

import dev.migrator.history.HistoryEntry;
import dev.migrator.sql.Kind;
import dev.migrator.sql.ScriptException;
import dev.migrator.sql.Statement;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** One statement in a transaction of its own, with the checkpoint behind it. */
final class SingleStatement implements TransactionSegment.Body {

    private final Work work;
    private final Failures failures;
    private final HistoryEntry entry;
    private final ScriptCursor cursor;
    private final Statement statement;
    private boolean tried;

    /**
     * Makes the transaction's body.
     *
     * @param cursor stands behind the statement, before its data
     */
    SingleStatement(Work work, Failures failures, HistoryEntry entry, ScriptCursor cursor, Statement statement) {
        this.work = work;
        this.failures = failures;
        this.entry = entry;
        this.cursor = cursor;
        this.statement = statement;
    }

    void run() throws StepFailure {
        try {
            new TransactionSegment(work, failures, entry.script(), entry.statementsTotal(), List.of(), List.of())
                    .run(null, false, this);
        } catch (StepFailure e) {
            throw ofStatement(e);
        }
    }

    /** What a constraint that is checked at COMMIT complains of is the statement's. */
    private StepFailure ofStatement(StepFailure e) {
        String sqlState = e.failure().sqlState();
        return e.failure().statement() == 0
                        && sqlState != null
                        && sqlState.startsWith("23")
                        && e.getCause() instanceof SQLException cause
                ? failures.of(statement, cause)
                : e;
    }

    @Override
    public void fill(Outbox outbox) throws StepFailure {
        if (statement.kind() == Kind.COPY_FROM_STDIN) {
            outbox.flush();
            goBackToData();
            Copy.run(work, failures, entry.script(), entry.statementsTotal(), statement, cursor.reader());
        } else {
            outbox.add(statement);
        }
    }

    private void goBackToData() throws StepFailure {
        try {
            if (tried) {
                cursor.seek(statement.number() - 1, skipped -> {});
                cursor.next();
            }
            tried = true;
        } catch (IOException | ScriptException e) {
            throw failures.of(e);
        }
    }

    @Override
    public void record(Outbox outbox) {
        outbox.guard(Work.ROW_GONE, work.history().requireRunning(entry));
        outbox.add(
                "The history could not be written",
                work.history().checkpoint(entry, statement.number(), cursor.checksum()));
    }
}
