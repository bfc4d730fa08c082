package dev.migrator.run;

import dev.migrator.history.HistoryEntry;
import dev.migrator.plan.Step;
import dev.migrator.sql.Mode;
import dev.migrator.sql.ScriptOutline;
import dev.migrator.sql.Segment;
import dev.migrator.sql.SessionSetting;
import dev.migrator.sql.Statement;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs a script that is no single transaction: it says {@code running} before the first segment, and moves its checkpoint. */
final class SegmentedScript {

    private final Work work;
    private final Step step;
    private final ScriptOutline outline;
    private final HistoryEntry entry;
    private final Failures failures;
    private final ScriptCursor cursor;
    private final ScriptFeed feed;
    private final TimeLimits limits;
    private final EachCallbacks callbacks;
    private final List<Statement> earlier = new ArrayList<>();
    private final List<String> settings = new ArrayList<>();
    private int done;

    SegmentedScript(
            Work work,
            Step step,
            ScriptOutline outline,
            HistoryEntry entry,
            Failures failures,
            ScriptCursor cursor,
            EachCallbacks callbacks) {
        this.work = work;
        this.step = step;
        this.outline = outline;
        this.entry = entry;
        this.failures = failures;
        this.cursor = cursor;
        this.callbacks = callbacks;
        this.feed = new ScriptFeed(work, failures, entry.script(), outline, cursor);
        this.limits = TimeLimits.of(work.options(), outline.directives());
        this.done = step.statementsDone();
    }

    /** Up to which statement the script is done, as far as checkpoints were written. */
    int done() {
        return done;
    }

    /** Runs them, from where an earlier run has stopped. */
    void run(Segments segments) throws StepFailure, IOException, SQLException {
        prepareSession();
        String doneChecksum = pass(done);
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
        begin();
        if (hidden != null) {
            statements.settle(hidden);
            done = hidden.number();
        }
        while (!segments.isEmpty()) {
            Segment segment = segments.first();
            if (segment.last() > done) {
                try {
                    run(segment, statements);
                } catch (StepFailure e) {
                    segments.cutFirst(e);
                    continue;
                }
            }
            segments.removeFirst();
        }
        feed.verify();
        callbacks.runBehind(settings);
        work.recordRunning(entry, work.history().finished(entry));
    }

    private void run(Segment segment, StatementSegment statements) throws StepFailure, IOException {
        if (segment.mode() == Mode.TRANSACTION) {
            runTransaction(segment);
            done = segment.last();
        } else {
            cursor.seek(Math.max(segment.first() - 1, done), skipped -> {});
            statements.run(segment, number -> done = number);
        }
    }

    private void prepareSession() throws StepFailure {
        Outbox outbox = new Outbox(work, failures, entry.script(), outline.statements());
        ScriptSession session = work.scriptSession();
        outbox.addAll("The session could not be made fresh", session.fresh());
        outbox.addAll("The session could not be prepared", session.lasting());
        if (session.isOwn()) {
            work.lock().outside().forEach(outbox::add);
            outbox.addAll("The time limits could not be set", limits.session());
            outbox.add(
                    "The session could not be named",
                    work.sessionName(entry.script()).session());
        }
        outbox.flush();
    }

    /** Passes what an earlier run has done. */
    private @Nullable String pass(int done) throws StepFailure, IOException {
        cursor.seek(done, statement -> {
            if (SessionSetting.isOne(statement.text()) && !isRolledBack(statement)) {
                earlier.add(statement);
            }
        });
        String checksum = done == 0 ? null : cursor.checksum();
        String recorded = step.resumes() == null ? null : step.resumes().doneChecksum();
        if (checksum != null && recorded != null && !checksum.equals(recorded)) {
            throw failures.of(new IOException("the script was changed before statement " + (done + 1)
                    + ", up to which it has run already; only what comes behind may be mended"));
        }
        return checksum;
    }

    /** The callbacks come first, as they did at the first run; then what the script had set in its session is set again. */
    private void begin() throws StepFailure {
        try {
            callbacks.runBefore(this::remember);
            setAgain();
        } catch (StepFailure e) {
            StepFailure ahead = e.aheadOfStep();
            throw step.hidesOutcome() ? ahead.leavingOutcomeToNextStart() : ahead;
        }
    }

    private void setAgain() throws StepFailure {
        Outbox outbox = new Outbox(work, failures, entry.script(), outline.statements());
        for (Statement statement : earlier) {
            if (work.scriptSession().isOwn()) {
                outbox.add(statement);
            } else {
                settings.add(statement.text());
            }
        }
        outbox.flush();
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

    private void runTransaction(Segment segment) throws StepFailure {
        ScriptSession session = work.scriptSession();
        List<String> preparation = new ArrayList<>(session.segment(limits));
        if (!session.isOwn()) {
            preparation.add(work.sessionName(entry.script()).local());
        }
        preparation.addAll(settings);
        int known = settings.size();
        new TransactionSegment(work, failures, entry.script(), outline.statements(), List.of(), preparation)
                .run(segment.begin(), segment.rollback(), new TransactionSegment.Body() {
                    @Override
                    public void fill(Outbox outbox) throws StepFailure {
                        settings.subList(known, settings.size()).clear();
                        feed.fill(
                                Math.max(segment.first() - 1, done),
                                segment.last(),
                                outbox,
                                SegmentedScript.this::remember);
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
}
