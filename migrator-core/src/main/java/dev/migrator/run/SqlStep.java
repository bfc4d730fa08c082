package dev.migrator.run;

import dev.migrator.history.HistoryEntry;
import dev.migrator.migration.Script;
import dev.migrator.plan.Step;
import dev.migrator.sql.Kind;
import dev.migrator.sql.Mode;
import dev.migrator.sql.ScriptException;
import dev.migrator.sql.ScriptOutline;
import dev.migrator.sql.Segment;
import dev.migrator.sql.Statement;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Runs one script. A script that is one transaction writes its row in it; one that is cut into segments says
 * {@code running} before the first, and moves its checkpoint with each.
 */
final class SqlStep {

    private final Work work;
    private final Step step;
    private final Script script;
    private final ScriptOutline outline;
    private final HistoryEntry entry;
    private final Failures failures;

    SqlStep(Work work, Step step, Script script, ScriptOutline outline) {
        this.work = work;
        this.step = step;
        this.script = script;
        this.outline = outline;
        this.entry = work.entry(step.migration(), outline.statements());
        this.failures = new Failures(step.migration(), outline.statements());
    }

    HistoryEntry entry() {
        return entry;
    }

    /** Whether all of it, the history row included, is one transaction: it happens, or it leaves no trace. */
    boolean isOneTransaction() {
        List<Segment> segments = outline.segments();
        return step.statementsDone() == 0
                && (segments.isEmpty()
                        || segments.size() == 1
                                && segments.get(0).mode() == Mode.TRANSACTION
                                && !segments.get(0).rollback());
    }

    void run() throws StepFailure {
        try (ScriptCursor cursor = new ScriptCursor(script, work.placeholders(), outline.directives())) {
            if (isOneTransaction()) {
                runAsOneTransaction(cursor);
            } else {
                runInSegments(cursor);
            }
        } catch (IOException | dev.migrator.sql.ScriptException | SQLException e) {
            throw failures.of(e);
        }
    }

    private void runAsOneTransaction(ScriptCursor cursor) throws StepFailure {
        String begin =
                outline.segments().isEmpty() ? null : outline.segments().get(0).begin();
        transaction(work.freshSession()).run(begin, false, new TransactionSegment.Body() {
            @Override
            public void fill(Outbox outbox) throws StepFailure {
                fillFrom(cursor, 0, outline.statements(), outbox);
            }

            @Override
            public List<String> closing() throws StepFailure {
                verifyChecksum(cursor);
                return List.of(work.history().applied(entry));
            }
        });
    }

    private TransactionSegment transaction(List<String> preparation) {
        return new TransactionSegment(
                work, failures, entry.script(), outline.statements(), preparation, outline.directives());
    }

    private void runInSegments(ScriptCursor cursor) throws StepFailure, IOException, SQLException {
        int done = step.statementsDone();
        String doneChecksum = resume(cursor, done);
        work.record(work.history().running(entry, done, doneChecksum));
        for (Segment segment : outline.segments()) {
            if (segment.last() <= done) {
                continue;
            }
            if (segment.mode() == Mode.TRANSACTION) {
                runTransaction(segment, cursor);
            } else {
                new StatementSegment(work, failures, entry, outline.directives()).run(segment, cursor);
            }
        }
        verifyChecksum(cursor);
        work.record(work.history().finished(entry));
    }

    /** Passes what an earlier run has done; what it had set in its session is set again. */
    private @Nullable String resume(ScriptCursor cursor, int done) throws StepFailure, IOException {
        Outbox outbox = new Outbox(work, failures, entry.script(), outline.statements());
        for (String statement : work.freshSession()) {
            outbox.add("The session could not be made fresh", statement);
        }
        cursor.seek(done, statement -> {
            if (setsTheSession(statement)) {
                outbox.add(statement);
            }
        });
        String checksum = done == 0 ? null : cursor.checksum();
        String recorded = step.resumes() == null ? null : step.resumes().doneChecksum();
        if (checksum != null && recorded != null && !checksum.equals(recorded)) {
            throw failures.of(new IOException("the script was changed before statement " + (done + 1)
                    + ", up to which it has run already; only what comes behind may be mended"));
        }
        outbox.flush();
        return checksum;
    }

    private static boolean setsTheSession(Statement statement) {
        String text = statement.text();
        String head = text.substring(0, Math.min(text.length(), 40)).toLowerCase(Locale.ROOT);
        return head.startsWith("set ")
                        && !head.startsWith("set local ")
                        && !head.startsWith("set transaction ")
                        && !head.startsWith("set constraints ")
                || head.startsWith("reset ")
                || head.startsWith("select pg_catalog.set_config(")
                || head.startsWith("select set_config(");
    }

    private void runTransaction(Segment segment, ScriptCursor cursor) throws StepFailure {
        transaction(List.of()).run(segment.begin(), segment.rollback(), new TransactionSegment.Body() {
            @Override
            public void fill(Outbox outbox) throws StepFailure {
                fillFrom(cursor, segment.first() - 1, segment.last(), outbox);
            }

            @Override
            public List<String> closing() {
                return List.of(work.history().checkpoint(entry, segment.last(), cursor.checksum()));
            }
        });
    }

    private void fillFrom(ScriptCursor cursor, int behind, int last, Outbox outbox) throws StepFailure {
        try {
            cursor.seek(behind, skipped -> {});
            for (int number = behind; number < last; ) {
                Statement statement = cursor.next();
                if (statement == null) {
                    throw new IOException(script.origin() + " has become shorter since it was scanned");
                }
                number = statement.number();
                if (statement.kind() == Kind.COPY_FROM_STDIN) {
                    outbox.flush();
                    Copy.run(work, failures, statement, cursor.reader());
                } else {
                    outbox.add(statement);
                }
            }
        } catch (IOException | ScriptException e) {
            throw failures.of(e);
        }
    }

    /** What ran must be what was scanned and planned: a file may change under our hands. */
    private void verifyChecksum(ScriptCursor cursor) throws StepFailure {
        try {
            cursor.drain();
        } catch (IOException e) {
            throw failures.of(e);
        }
        if (!cursor.checksum().equals(outline.checksum())) {
            throw failures.of(new IOException(script.origin() + " was changed while it ran"));
        }
    }
}
