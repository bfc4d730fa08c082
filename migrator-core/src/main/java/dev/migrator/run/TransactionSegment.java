package dev.migrator.run;

import dev.migrator.lock.Guard;
import dev.migrator.postgres.Pipeline;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One transaction of a migration: how it is begun, prepared, fenced, sent, tried again and committed. Everything that runs in
 * a transaction runs through here.
 */
final class TransactionSegment {

    private final Work work;
    private final Failures failures;
    private final String script;
    private final int total;
    private final List<String> freshSession;
    private final List<String> preparation;

    /** What happens inside the transaction. */
    interface Body {

        /** Adds its statements, from the first one, at each attempt. */
        void fill(Outbox outbox) throws StepFailure;

        /** Adds the statements that record it in the history, in the same transaction. */
        void record(Outbox outbox) throws StepFailure;
    }

    /**
     * Describes a transaction.
     *
     * @param freshSession what takes back what an earlier script has set, in a transaction before this one
     * @param preparation what makes the session ready for the script and limits it in time, in the script's first transaction
     */
    TransactionSegment(
            Work work,
            Failures failures,
            String script,
            int total,
            List<String> freshSession,
            List<String> preparation) {
        this.work = work;
        this.failures = failures;
        this.script = script;
        this.total = total;
        this.freshSession = freshSession;
        this.preparation = preparation;
    }

    /**
     * Runs the body until it is committed, or has failed for good; then nothing of it is left.
     *
     * @param begin the script's own BEGIN with its options, or null
     * @param rollback whether the script itself rolls the transaction back
     */
    void run(@Nullable String begin, boolean rollback, Body body) throws StepFailure {
        new Attempts(work, script).of(() -> attempt(begin == null ? "BEGIN" : begin, rollback, body));
    }

    private void attempt(String begin, boolean rollback, Body body) throws StepFailure {
        Outbox outbox = new Outbox(work, failures, script, total);
        transaction(outbox, "The session could not be made fresh", freshSession);
        signOfLife(outbox);
        outbox.add("The transaction could not be begun", begin);
        outbox.addAll("The session could not be prepared", preparation);
        outbox.behindSetTransaction(() -> open(outbox));
        body.fill(outbox);
        if (rollback) {
            outbox.add("The script's own ROLLBACK failed", "ROLLBACK");
            outbox.add("The checkpoint's transaction could not be begun", Pipeline.BEGIN);
        }
        outbox.addAll(
                "The session's own role could not be taken again",
                work.scriptSession().ownRole());
        if (rollback) {
            work.lock().opening().forEach(outbox::add);
        }
        work.lock().closing().forEach(outbox::add);
        body.record(outbox);
        outbox.addAll(
                "What the script has left in its session could not be taken back",
                work.scriptSession().leftBehind());
        outbox.add("The transaction could not be committed", "COMMIT");
        String tag = outbox.flush();
        if (!"COMMIT".equals(tag)) {
            throw failures.of(
                    "The transaction could not be committed",
                    new SQLException("the server answered " + tag + " to COMMIT", "25P02"));
        }
    }

    /** In our own role, for an earlier transaction of the script may have left it in another one. */
    private void signOfLife(Outbox outbox) {
        List<String> sign = work.lock().signOfLife(script);
        if (!sign.isEmpty()) {
            List<String> statements = new ArrayList<>(work.scriptSession().ownRole());
            statements.addAll(sign);
            transaction(outbox, "The sign of life could not be given", statements);
        }
    }

    /** The guards, in our own role too; then the script's is taken up again. */
    private void open(Outbox outbox) {
        List<Guard> guards = work.lock().opening();
        if (guards.isEmpty()) {
            return;
        }
        outbox.add("The script's role could not be set aside", ScriptSession.SET_ROLE_ASIDE);
        outbox.addAll(
                "The session's own role could not be taken again",
                work.scriptSession().ownRole());
        guards.forEach(outbox::add);
        outbox.addAll("The script's role could not be taken up again", ScriptSession.TAKE_ROLE_UP);
    }

    /** One of its own, ahead of the script's. */
    private static void transaction(Outbox outbox, String purpose, List<String> statements) {
        if (!statements.isEmpty()) {
            outbox.add(purpose, Pipeline.BEGIN);
            outbox.addAll(purpose, statements);
            outbox.add(purpose, "COMMIT");
        }
    }
}
