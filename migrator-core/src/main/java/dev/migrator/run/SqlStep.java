package dev.migrator.run;

import dev.migrator.history.HistoryEntry;
import dev.migrator.migration.Script;
import dev.migrator.plan.Step;
import dev.migrator.sql.Kind;
import dev.migrator.sql.Mode;
import dev.migrator.sql.ScriptException;
import dev.migrator.sql.ScriptOutline;
import dev.migrator.sql.Segment;
import dev.migrator.sql.SessionSetting;
import dev.migrator.sql.Statement;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one script. A script that is one transaction writes its row in it; one that is cut into segments says
 * {@code running} before the first, and moves its checkpoint with each.
 */
final class SqlStep {

    private static final Logger LOG = LoggerFactory.getLogger(SqlStep.class);

    private final Work work;
    private final Step step;
    private final Script script;
    private final ScriptOutline outline;
    private final HistoryEntry entry;
    private final Failures failures;
    private final List<String> settings = new ArrayList<>();
    private boolean oneTransaction;
    private int done;

    SqlStep(Work work, Step step, Script script, ScriptOutline outline) {
        this.work = work;
        this.step = step;
        this.script = script;
        this.outline = outline;
        this.entry = work.entry(step.migration(), outline.statements());
        this.failures = new Failures(step.migration(), outline.statements());
        this.oneTransaction = isOneTransaction(step, outline.segments());
        this.done = step.statementsDone();
    }

    HistoryEntry entry() {
        return entry;
    }

    /** Whether all of it, the history row included, is one transaction: it happens, or it leaves no trace. */
    boolean isOneTransaction() {
        return oneTransaction;
    }

    /** Up to which statement the script is done, as far as checkpoints were written. */
    int statementsDone() {
        return done;
    }

    private static boolean isOneTransaction(Step step, List<Segment> segments) {
        return step.statementsDone() == 0 && !step.hidesOutcome() && isOneTransaction(segments);
    }

    /** Whether a script in these segments can run, from its beginning, as one transaction. */
    static boolean isOneTransaction(List<Segment> segments) {
        return segments.isEmpty()
                || segments.size() == 1
                        && segments.get(0).mode() == Mode.TRANSACTION
                        && !segments.get(0).rollback();
    }

    void run() throws StepFailure {
        work.progress().begins(limits().lockTimeout());
        try (ScriptCursor cursor = new ScriptCursor(script, work.placeholders(), outline.directives())) {
            Deque<Segment> segments = new ArrayDeque<>(outline.segments());
            if (oneTransaction) {
                try {
                    runAsOneTransaction(cursor);
                    return;
                } catch (StepFailure e) {
                    cut(segments, e);
                    oneTransaction = false;
                }
            }
            runInSegments(cursor, segments);
        } catch (IOException | ScriptException | SQLException e) {
            throw failures.of(e);
        }
    }

    /** Puts the parts of the first segment in its place, or throws the failure if cutting it does not help. */
    private void cut(Deque<Segment> segments, StepFailure e) throws StepFailure {
        Segment refused = segments.peekFirst();
        List<Segment> parts = refused == null ? null : Refusal.cut(refused, e.failure());
        if (parts == null) {
            throw e;
        }
        if (!work.scriptSession().isOwn() && parts.stream().anyMatch(part -> part.mode() == Mode.NONE)) {
            throw failures.needsOwnSession(e);
        }
        LOG.info(
                "{} is cut before statement {}, which the server refuses in this transaction ({})",
                entry.script(),
                e.failure().statement(),
                e.failure().message());
        segments.removeFirst();
        for (int i = parts.size() - 1; i >= 0; i--) {
            segments.addFirst(parts.get(i));
        }
    }

    private void runAsOneTransaction(ScriptCursor cursor) throws StepFailure {
        String begin =
                outline.segments().isEmpty() ? null : outline.segments().get(0).begin();
        ScriptSession session = work.scriptSession();
        List<String> preparation = new ArrayList<>(session.transaction(limits()));
        preparation.add(work.sessionName(entry.script()).local());
        transaction(session.fresh(), preparation).run(begin, false, new TransactionSegment.Body() {
            @Override
            public void fill(Outbox outbox) throws StepFailure {
                fillFrom(cursor, 0, outline.statements(), outbox);
            }

            @Override
            public void record(Outbox outbox) throws StepFailure {
                verifyChecksum(cursor);
                outbox.add("The history could not be written", work.history().applied(entry));
            }
        });
    }

    private TimeLimits limits() {
        return TimeLimits.of(work.options(), outline.directives());
    }

    private TransactionSegment transaction(List<String> freshSession, List<String> preparation) {
        return new TransactionSegment(work, failures, entry.script(), outline.statements(), freshSession, preparation);
    }

    private void runInSegments(ScriptCursor cursor, Deque<Segment> segments)
            throws StepFailure, IOException, SQLException {
        String doneChecksum = resume(cursor, done);
        StatementSegment statements = new StatementSegment(
                work, failures, entry, cursor, outline.directives().transaction());
        Statement hidden = step.hidesOutcome() ? cursor.next() : null;
        if (hidden != null) {
            statements.requireTellable(hidden, Objects.requireNonNull(step.resumes()));
        }
        work.record(
                hidden == null
                        ? work.history().running(entry, done, doneChecksum)
                        : work.history().running(entry, done, doneChecksum, hidden.number(), cursor.checksum()));
        if (hidden != null) {
            statements.settle(hidden);
            done = hidden.number();
        }
        while (!segments.isEmpty()) {
            Segment segment = segments.getFirst();
            if (segment.last() > done) {
                try {
                    run(segment, cursor, statements);
                } catch (StepFailure e) {
                    cut(segments, e);
                    continue;
                }
            }
            segments.removeFirst();
        }
        verifyChecksum(cursor);
        work.recordRunning(entry, work.history().finished(entry));
    }

    private void run(Segment segment, ScriptCursor cursor, StatementSegment statements)
            throws StepFailure, IOException {
        if (segment.mode() == Mode.TRANSACTION) {
            runTransaction(segment, cursor);
            done = segment.last();
        } else {
            cursor.seek(Math.max(segment.first() - 1, done), skipped -> {});
            statements.run(segment, number -> done = number);
        }
    }

    /** Passes what an earlier run has done; what it had set in its session is set again. */
    private @Nullable String resume(ScriptCursor cursor, int done) throws StepFailure, IOException {
        Outbox outbox = new Outbox(work, failures, entry.script(), outline.statements());
        ScriptSession session = work.scriptSession();
        outbox.addAll("The session could not be made fresh", session.fresh());
        outbox.addAll("The session could not be prepared", session.lasting());
        if (session.isOwn()) {
            work.lock().outside().forEach(outbox::add);
            outbox.addAll("The time limits could not be set", limits().session());
            outbox.add(
                    "The session could not be named",
                    work.sessionName(entry.script()).session());
        }
        cursor.seek(done, statement -> {
            if (!SessionSetting.isOne(statement.text()) || isRolledBack(statement)) {
                return;
            }
            if (session.isOwn()) {
                outbox.add(statement);
            } else {
                settings.add(statement.text());
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

    private boolean isRolledBack(Statement statement) {
        return outline.segments().stream()
                .anyMatch(segment -> segment.rollback()
                        && segment.first() <= statement.number()
                        && statement.number() <= segment.last());
    }

    /** Where nothing lasts, the script's next transaction has to be told again. */
    private void remember(Statement statement) {
        if (!work.scriptSession().isOwn() && SessionSetting.isOne(statement.text())) {
            settings.add(statement.text());
        }
    }

    private void runTransaction(Segment segment, ScriptCursor cursor) throws StepFailure {
        ScriptSession session = work.scriptSession();
        List<String> preparation = new ArrayList<>(session.segment(limits()));
        if (!session.isOwn()) {
            preparation.add(work.sessionName(entry.script()).local());
        }
        preparation.addAll(settings);
        int known = settings.size();
        transaction(List.of(), preparation).run(segment.begin(), segment.rollback(), new TransactionSegment.Body() {
            @Override
            public void fill(Outbox outbox) throws StepFailure {
                settings.subList(known, settings.size()).clear();
                fillFrom(cursor, Math.max(segment.first() - 1, done), segment.last(), outbox);
            }

            @Override
            public void record(Outbox outbox) {
                outbox.guard(Work.ROW_GONE, work.history().requireRunning(entry));
                outbox.add(
                        "The history could not be written",
                        work.history().checkpoint(entry, segment.last(), cursor.checksum()));
            }
        });
        if (segment.rollback()) {
            settings.subList(known, settings.size()).clear();
        }
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
                    Copy.run(work, failures, entry, statement, cursor.reader());
                } else {
                    outbox.add(statement);
                    remember(statement);
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
