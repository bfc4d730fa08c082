package dev.migrator.run;

import dev.migrator.history.HistoryEntry;
import dev.migrator.migration.Script;
import dev.migrator.plan.Step;
import dev.migrator.sql.Mode;
import dev.migrator.sql.ScriptException;
import dev.migrator.sql.ScriptOutline;
import dev.migrator.sql.Segment;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs one script: as one transaction, which its row is written in, or else in {@linkplain SegmentedScript segments}. */
final class SqlStep {

    private final Work work;
    private final Step step;
    private final Script script;
    private final ScriptOutline outline;
    private final HistoryEntry entry;
    private final Failures failures;
    private final EachCallbacks callbacks;
    private final boolean late;
    private boolean oneTransaction;
    private @Nullable SegmentedScript segmented;

    /**
     * A script's step.
     *
     * @param last whether none is behind it in its run
     */
    SqlStep(Work work, Step step, Script script, ScriptOutline outline, Callbacks callbacks, boolean last) {
        this.work = work;
        this.step = step;
        this.script = script;
        this.outline = outline;
        this.entry = work.entry(step, outline.statements());
        this.failures = new Failures(step, outline.statements());
        this.callbacks = new EachCallbacks(work, callbacks, failures, limits());
        this.late = !last && work.scriptSession().isOwn();
        this.oneTransaction = isOneTransaction(step, outline.segments());
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
        SegmentedScript begun = segmented;
        return begun == null ? step.statementsDone() : begun.done();
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
            Segments segments = new Segments(
                    outline.segments(),
                    entry.script(),
                    failures,
                    work.scriptSession().isOwn());
            if (oneTransaction) {
                try {
                    runAsOneTransaction(cursor);
                    return;
                } catch (StepFailure e) {
                    segments.cutFirst(e);
                    oneTransaction = false;
                }
            }
            SegmentedScript parts = new SegmentedScript(work, step, outline, entry, failures, cursor, callbacks);
            segmented = parts;
            parts.run(segments);
        } catch (IOException | ScriptException | SQLException e) {
            throw failures.of(e);
        }
    }

    private void runAsOneTransaction(ScriptCursor cursor) throws StepFailure {
        String begin =
                outline.segments().isEmpty() ? null : outline.segments().get(0).begin();
        ScriptFeed feed = new ScriptFeed(work, failures, entry.script(), outline, cursor);
        ScriptSession session = work.scriptSession();
        List<String> preparation = new ArrayList<>(session.transaction(limits()));
        preparation.add(work.sessionName(entry.script()).local());
        if (late) {
            preparation.add(LateCommits.DO_NOT_WAIT);
            work.lateCommits().sent();
        }
        new TransactionSegment(work, failures, entry.script(), outline.statements(), session.fresh(), preparation)
                .run(begin, false, new TransactionSegment.Body() {
                    @Override
                    public void fill(Outbox outbox) throws StepFailure {
                        feed.fill(0, outline.statements(), outbox, () -> callbacks.before(outbox), statement -> {});
                        callbacks.after(outbox);
                    }

                    @Override
                    public void record(Outbox outbox) throws StepFailure {
                        feed.verify();
                        outbox.add(
                                "The history could not be written",
                                work.history().applied(entry));
                    }
                });
        if (late) {
            work.lateCommits().committed();
        }
        callbacks.tell();
    }

    private TimeLimits limits() {
        return TimeLimits.of(work.options(), outline.directives());
    }
}
