package dev.migrator.run;

import dev.migrator.sql.Kind;
import dev.migrator.sql.ScriptException;
import dev.migrator.sql.ScriptOutline;
import dev.migrator.sql.Statement;
import java.io.IOException;
import java.util.function.Consumer;

/** Feeds a script's statements to the server, and sees to it that they are those that were scanned. */
final class ScriptFeed {

    private final Work work;
    private final Failures failures;
    private final String script;
    private final ScriptOutline outline;
    private final ScriptCursor cursor;

    ScriptFeed(Work work, Failures failures, String script, ScriptOutline outline, ScriptCursor cursor) {
        this.work = work;
        this.failures = failures;
        this.script = script;
        this.outline = outline;
        this.cursor = cursor;
    }

    /**
     * Adds the statements behind one number and up to another; COPY's data are sent at once.
     *
     * @param added is told each statement
     */
    void fill(int behind, int last, Outbox outbox, Consumer<Statement> added) throws StepFailure {
        fill(behind, last, outbox, () -> {}, added);
    }

    /** Adds something ahead of a script. */
    interface Lead {

        void fill() throws StepFailure;
    }

    /**
     * The same, with something ahead of the first statement that is no SET TRANSACTION, which the server takes only ahead of
     * any query.
     */
    void fill(int behind, int last, Outbox outbox, Lead lead, Consumer<Statement> added) throws StepFailure {
        boolean led = false;
        try {
            cursor.seek(behind, skipped -> {});
            for (int number = behind; number < last; ) {
                Statement statement = cursor.next();
                if (statement == null) {
                    throw new IOException(cursor.origin() + " has become shorter since it was scanned");
                }
                number = statement.number();
                if (!led && !Outbox.setsTransaction(statement)) {
                    lead.fill();
                    led = true;
                }
                if (statement.kind() == Kind.COPY_FROM_STDIN) {
                    outbox.flush();
                    Copy.run(work, failures, script, outline.statements(), statement, cursor.reader());
                } else {
                    outbox.add(statement, failures);
                    added.accept(statement);
                }
            }
            if (!led) {
                lead.fill();
            }
        } catch (IOException | ScriptException e) {
            throw failures.of(e);
        }
    }

    /** What ran must be what was scanned and planned: a file may change under our hands. */
    void verify() throws StepFailure {
        try {
            cursor.drain();
        } catch (IOException e) {
            throw failures.of(e);
        }
        if (!cursor.checksum().equals(outline.checksum())) {
            throw failures.of(new IOException(cursor.origin() + " was changed while it ran"));
        }
    }
}
