package dev.migrator.run;

import dev.migrator.lock.Guard;
import dev.migrator.postgres.Pipeline;
import dev.migrator.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects what is to be sent and sends it in as few round trips as is safe; knows which of it was the script's, so that a
 * failure can be laid at the right door.
 */
final class Outbox {

    private static final int MAX_STATEMENTS = 200;

    private static final String SET_TRANSACTION = "set transaction";

    /**
     * What the sockets' buffers hold in any case. The driver reads no answer before it has sent all: were there more, a
     * server that cannot get rid of a statement's rows or notices, and so reads nothing, and a driver that cannot get rid of
     * the statements behind it would wait for each other for ever.
     */
    private static final int MAX_CHARACTERS = 32 * 1024;

    private final Work work;
    private final Failures failures;
    private final String script;
    private final int total;
    private final @Nullable Statement sake;
    private final List<String> texts = new ArrayList<>();
    private final List<Object> origins = new ArrayList<>();
    private int characters;
    private @Nullable Runnable postponed;

    Outbox(Work work, Failures failures, String script, int total) {
        this(work, failures, script, total, null);
    }

    private Outbox(Work work, Failures failures, String script, int total, @Nullable Statement sake) {
        this.work = work;
        this.failures = failures;
        this.script = script;
        this.total = total;
        this.sake = sake;
    }

    /** One for what we send for the sake of a script's statement, before it or behind it. */
    static Outbox forTheSakeOf(Statement statement, Work work, Failures failures) {
        return new Outbox(work, failures, failures.script(), failures.statements(), statement);
    }

    /** Adds a statement of the script. */
    void add(Statement statement) throws StepFailure {
        add(statement, failures);
    }

    /** Adds a statement of that script, or of another one that runs with it; {@code whose} says what it means if it fails. */
    void add(Statement statement, Failures whose) throws StepFailure {
        if (characters + statement.text().length() > MAX_CHARACTERS) {
            flush();
        }
        put(statement.text(), new Sent(statement, whose));
        if (texts.size() >= MAX_STATEMENTS || characters >= MAX_CHARACTERS) {
            flush();
        }
    }

    /** Adds a statement of our own; {@code purpose} says in an error what it was for. */
    void add(String purpose, String statement) {
        put(statement, purpose);
    }

    /** Adds several, of one purpose. */
    void addAll(String purpose, List<String> statements) {
        statements.forEach(statement -> put(statement, purpose));
    }

    /** Adds a guard of our own, which divides by zero; {@code meaning} says what is wrong then. */
    void guard(String meaning, String statement) {
        add(Guard.of(meaning, statement));
    }

    /** Adds a guard. */
    void add(Guard guard) {
        put(guard.statement(), guard);
    }

    /**
     * Has these put ahead of the next statement that is no SET TRANSACTION of the script: that one has to come before any
     * query, or the server refuses it.
     */
    void behindSetTransaction(Runnable statements) {
        postponed = statements;
    }

    private void putPostponed() {
        Runnable statements = postponed;
        if (statements != null) {
            postponed = null;
            statements.run();
        }
    }

    /** Whether it says of what sort its transaction is to be. */
    static boolean setsTransaction(Statement statement) {
        return statement.text().regionMatches(true, 0, SET_TRANSACTION, 0, SET_TRANSACTION.length());
    }

    private void put(String text, Object origin) {
        if (!(origin instanceof Sent sent && setsTransaction(sent.statement()))) {
            putPostponed();
        }
        texts.add(text);
        origins.add(origin);
        characters += text.length();
    }

    /**
     * Sends what has been collected and waits for the answers.
     *
     * @return the last statement's command tag, or null if there was nothing to send
     */
    @Nullable
    String flush() throws StepFailure {
        putPostponed();
        if (texts.isEmpty()) {
            return null;
        }
        if (work.cancellation().mustStop()) {
            throw failures.cancelled();
        }
        Progress.InFlight sent = failures.inFlight(script, statements(origins), total);
        work.progress().sent(sake == null ? sent : sent.forTheSakeOf(sake));
        try {
            List<String> tags = work.pipeline().send(texts);
            return tags.get(tags.size() - 1);
        } catch (Pipeline.StatementFailure e) {
            throw failure(e);
        } finally {
            work.progress().answered();
            texts.clear();
            origins.clear();
            characters = 0;
        }
    }

    /** Those of the outbox's own script. */
    private List<Statement> statements(List<Object> origins) {
        List<Statement> statements = new ArrayList<>();
        for (Object origin : origins) {
            if (origin instanceof Sent sent && sent.whose() == failures) {
                statements.add(sent.statement());
            }
        }
        return statements;
    }

    private StepFailure failure(Pipeline.StatementFailure e) {
        if (e.last() > e.index()) {
            return failures.ofLostAnswers(
                    statements(origins.subList(Math.min(e.index(), origins.size()), origins.size())), e.sqlException());
        }
        Object origin = origins.get(Math.min(e.index(), origins.size() - 1));
        if (origin instanceof Sent sent) {
            return sent.whose().of(sent.statement(), e.sqlException());
        }
        if (origin instanceof Guard guard) {
            return failures.of(guard, e.sqlException());
        }
        boolean thePools = work.scriptSession().isThePools(texts.get(Math.min(e.index(), texts.size() - 1)));
        return failures.of(thePools ? InitSql.FAILED : (String) origin, e.sqlException());
    }

    /** A script's statement, and what it means if it fails. */
    private record Sent(Statement statement, Failures whose) {}
}
