package dev.migrator.run;

import dev.migrator.lock.Guard;
import dev.migrator.postgres.Pipeline;
import dev.migrator.sql.Kind;
import dev.migrator.sql.Mode;
import dev.migrator.sql.ScriptException;
import dev.migrator.sql.Segment;
import dev.migrator.sql.Statement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Runs one callback by itself: as one transaction, or, where it cannot be one, in segments as a migration's script. It is in no
 * history, so that there is no checkpoint, and no half of it that is taken up again.
 */
final class CallbackScript {

    private final Work work;
    private final PendingCallback callback;
    private final Failures failures;
    private final TimeLimits limits;
    private boolean oneTransaction;

    CallbackScript(Work work, PendingCallback callback, TimeLimits limits) {
        this.work = work;
        this.callback = callback;
        this.failures = Failures.ofCallback(callback);
        this.limits = limits;
        this.oneTransaction = SqlStep.isOneTransaction(callback.outline().segments());
    }

    /** Whether it happens as a whole, or leaves no trace. */
    boolean isOneTransaction() {
        return oneTransaction;
    }

    /** Adds what a callback consists of to a transaction. */
    static void fill(Work work, Failures failures, PendingCallback callback, Outbox outbox, Consumer<Statement> added)
            throws StepFailure {
        try (ScriptCursor cursor = cursor(work, callback)) {
            ScriptFeed feed = new ScriptFeed(work, failures, callback.name(), callback.outline(), cursor);
            feed.fill(0, callback.statements(), outbox, added);
            feed.verify();
        } catch (IOException | ScriptException e) {
            throw failures.of(e);
        }
    }

    private static ScriptCursor cursor(Work work, PendingCallback callback) throws IOException {
        return new ScriptCursor(
                callback.callback().sql().script(),
                work.placeholders(),
                callback.outline().directives());
    }

    /** Fills a transaction that leaves nothing in the history. */
    interface Fill {

        void into(Outbox outbox) throws StepFailure;
    }

    static TransactionSegment.Body body(Fill fill) {
        return new TransactionSegment.Body() {
            @Override
            public void fill(Outbox outbox) throws StepFailure {
                fill.into(outbox);
            }

            @Override
            public void record(Outbox outbox) {
                // a callback is in no history
            }
        };
    }

    void run() throws StepFailure {
        work.progress().begins(limits.lockTimeout());
        Segments segments = new Segments(
                callback.outline().segments(),
                callback.name(),
                failures,
                work.scriptSession().isOwn());
        if (oneTransaction) {
            try {
                runAsOneTransaction();
                return;
            } catch (StepFailure e) {
                segments.cutFirst(e);
                oneTransaction = false;
            }
        }
        prepareSession();
        try (ScriptCursor cursor = cursor(work, callback)) {
            ScriptFeed feed = new ScriptFeed(work, failures, callback.name(), callback.outline(), cursor);
            while (!segments.isEmpty()) {
                try {
                    run(segments.first(), feed, cursor);
                } catch (StepFailure e) {
                    segments.cutFirst(e);
                    continue;
                }
                segments.removeFirst();
            }
            feed.verify();
        } catch (IOException | ScriptException e) {
            throw failures.of(e);
        }
    }

    private void runAsOneTransaction() throws StepFailure {
        List<Segment> segments = callback.outline().segments();
        ScriptSession session = work.scriptSession();
        List<String> preparation = new ArrayList<>(session.transaction(limits));
        preparation.add(work.sessionName(callback.name()).local());
        transaction(session.fresh(), preparation)
                .run(
                        segments.isEmpty() ? null : segments.get(0).begin(),
                        false,
                        body(outbox -> fill(work, failures, callback, outbox, statement -> {})));
    }

    private TransactionSegment transaction(List<String> freshSession, List<String> preparation) {
        return new TransactionSegment(
                work, failures, callback.name(), callback.statements(), freshSession, preparation);
    }

    /** For the segments to come. */
    private void prepareSession() throws StepFailure {
        ScriptSession session = work.scriptSession();
        Outbox outbox = outbox();
        outbox.addAll("The session could not be made fresh", session.fresh());
        outbox.addAll("The session could not be prepared", session.lasting());
        if (session.isOwn()) {
            outbox.addAll("The time limits could not be set", limits.session());
            outbox.add(
                    "The session could not be named",
                    work.sessionName(callback.name()).session());
        }
        outbox.flush();
    }

    private void run(Segment segment, ScriptFeed feed, ScriptCursor cursor) throws StepFailure, IOException {
        if (segment.mode() == Mode.TRANSACTION) {
            ScriptSession session = work.scriptSession();
            List<String> preparation = new ArrayList<>(session.segment(limits));
            if (!session.isOwn()) {
                preparation.add(work.sessionName(callback.name()).local());
            }
            transaction(List.of(), preparation)
                    .run(
                            segment.begin(),
                            segment.rollback(),
                            body(outbox -> feed.fill(segment.first() - 1, segment.last(), outbox, statement -> {})));
            return;
        }
        for (int number = segment.first(); number <= segment.last(); number++) {
            runBare(number, feed, cursor);
        }
    }

    /** Outside of any transaction of ours; without time limits where it can be in none at all. */
    private void runBare(int number, ScriptFeed feed, ScriptCursor cursor) throws StepFailure, IOException {
        cursor.seek(number - 1, skipped -> {});
        Statement statement = cursor.next();
        if (statement == null || statement.kind() == Kind.COPY_FROM_STDIN) {
            requireLock();
            Outbox outbox = outbox();
            feed.fill(number - 1, number, outbox, added -> {});
            outbox.flush();
        } else if (statement.kind() == Kind.OUTSIDE_TRANSACTION) {
            send(TimeLimits.lift(), "The time limits could not be lifted");
            requireLock();
            sendBare(statement);
            send(TimeLimits.restore(), "The time limits could not be set again");
        } else if (StatementSegment.mayCommit(statement)) {
            requireLock();
            sendBare(statement);
        } else {
            new Attempts(work, callback.name()).of(() -> {
                requireLock();
                sendBare(statement);
            });
        }
    }

    private void sendBare(Statement statement) throws StepFailure {
        new BareStatement(work, failures, statement).run(false, () -> {
            Outbox outbox = outbox();
            outbox.add(statement);
            outbox.flush();
        });
    }

    private void send(List<String> statements, String purpose) throws StepFailure {
        Outbox outbox = outbox();
        outbox.addAll(purpose, statements);
        outbox.flush();
    }

    private void requireLock() throws StepFailure {
        Outbox outbox = outbox();
        String purpose = "The migration lock could not be looked at";
        outbox.add(purpose, Pipeline.BEGIN);
        outbox.addAll(purpose, work.scriptSession().ownRole());
        for (Guard guard : work.lock().outside()) {
            outbox.add(guard);
        }
        outbox.add(purpose, "COMMIT");
        outbox.flush();
    }

    private Outbox outbox() {
        return new Outbox(work, failures, callback.name(), callback.statements());
    }
}
