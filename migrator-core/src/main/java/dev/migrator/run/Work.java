package dev.migrator.run;

import dev.migrator.history.HistoryEntry;
import dev.migrator.history.HistoryWriter;
import dev.migrator.history.Kind;
import dev.migrator.migration.Migration;
import dev.migrator.postgres.AdvisoryLock;
import dev.migrator.postgres.ClientWatch;
import dev.migrator.postgres.Pipeline;
import dev.migrator.postgres.ServerError;
import dev.migrator.postgres.ServerFacts;
import dev.migrator.postgres.Session;
import dev.migrator.sql.Placeholders;
import dev.migrator.sql.Quoting;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the steps of one run share: the session that holds the lock, and what it needs to work with it. */
final class Work {

    /** What is wrong when the guard in front of a checkpoint fails. */
    static final String ROW_GONE = "This migration's running row is no longer in the history";

    private static final Duration ANSWERS_WHILE_TIDYING = Duration.ofSeconds(6);

    /** A script may have set other defaults for the transactions of its session. */
    private static final String BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";

    private final Session session;
    private final Pipeline pipeline;
    private final AdvisoryLock lock;
    private final HistoryWriter history;
    private final RunOptions options;
    private final Events events;
    private final Placeholders placeholders;
    private final Cancellation cancellation;
    private final Progress progress = new Progress();
    private final List<String> preparation;
    private final List<String> freshSession;
    private final List<String> ownRole;
    private boolean used;
    private boolean tidying;

    Work(
            Session session,
            AdvisoryLock lock,
            HistoryWriter history,
            RunOptions options,
            Events events,
            Placeholders placeholders,
            Cancellation cancellation)
            throws SQLException {
        this.session = session;
        this.pipeline = session.pipeline(Notices::log);
        this.lock = lock;
        this.history = history;
        this.options = options;
        this.events = events;
        this.placeholders = placeholders;
        this.cancellation = cancellation;
        this.preparation = preparation(options, session.facts());
        this.ownRole = ownRole(session.facts());
        this.freshSession = freshSession(session.facts(), ClientWatch.begin(session.connection()));
    }

    /** The user and the role that the pool gave the session, to be had again with these two, in this order. */
    private static List<String> ownRole(ServerFacts facts) {
        return List.of("SESSION AUTHORIZATION " + Quoting.identifier(facts.user()), "ROLE " + role(facts));
    }

    /** What DISCARD ALL does, which cannot run in a transaction and would give our own lock away. */
    private static final List<String> DISCARD =
            List.of("CLOSE ALL", "UNLISTEN *", "DEALLOCATE ALL", "DISCARD SEQUENCES", "DISCARD TEMP");

    private static List<String> freshSession(ServerFacts facts, List<String> clientWatch) {
        List<String> statements = new ArrayList<>(DISCARD);
        ownRole(facts).forEach(role -> statements.add("SET " + role));
        statements.add("RESET ALL");
        statements.addAll(facts.restore());
        statements.addAll(clientWatch);
        return statements;
    }

    /** With a schema of their own, scripts find it first. */
    private static List<String> preparation(RunOptions options, ServerFacts facts) {
        String schema = options.table().schema();
        if (schema == null) {
            return List.of();
        }
        String path = Quoting.identifier(schema);
        return List.of("SET SESSION search_path = "
                + (facts.searchPath().isBlank() ? path : path + ", " + facts.searchPath()));
    }

    private static String role(ServerFacts facts) {
        return "none".equals(facts.role()) ? "NONE" : Quoting.identifier(facts.role());
    }

    Session session() {
        return session;
    }

    Pipeline pipeline() {
        return pipeline;
    }

    AdvisoryLock lock() {
        return lock;
    }

    HistoryWriter history() {
        return history;
    }

    RunOptions options() {
        return options;
    }

    Events events() {
        return events;
    }

    Placeholders placeholders() {
        return placeholders;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    Progress progress() {
        return progress;
    }

    /**
     * What makes the session what it was when the pool gave it; nothing for the first script. It is to be committed before
     * the next script's transaction begins, which takes its isolation level, and whether it may write, from the session.
     */
    List<String> freshSession() {
        List<String> statements = used ? freshSession : List.of();
        used = true;
        return statements;
    }

    /** What prepares the session for a script. */
    List<String> preparation() {
        return preparation;
    }

    /**
     * Takes back a SET ROLE or SET SESSION AUTHORIZATION of the script for the statements that write its history row, until
     * the end of their transaction.
     */
    List<String> ownRole() {
        return ownRole.stream().map(role -> "SET LOCAL " + role).toList();
    }

    /**
     * Takes back for good what a script, or a migration's code, may have left that would hinder our own statements: an open
     * transaction, another role.
     */
    void leaveScript() {
        rollback();
        try {
            pipeline.send(ownRole.stream().map(role -> "SET " + role).toList());
        } catch (Pipeline.StatementFailure e) {
            // The session is lost, as the statement that follows will find.
        }
    }

    /** Once the run is cancelled, what is still to be told to the server is limited in time: a shutdown waits for it. */
    void beginToTidyUp() {
        if (!cancellation.obey() || tidying) {
            return;
        }
        tidying = true;
        rollback();
        try {
            session.limitAnswers(ANSWERS_WHILE_TIDYING);
            pipeline.send(List.of("SET SESSION statement_timeout = '4s'", "SET SESSION lock_timeout = '4s'"));
        } catch (SQLException | Pipeline.StatementFailure e) {
            // The session is lost, as the statement that follows will find.
        }
    }

    /** Whether this session still holds the migration lock, which a script may have given away. */
    boolean holdsLock() {
        try {
            pipeline.send(List.of(lock.fence()));
            return true;
        } catch (Pipeline.StatementFailure e) {
            return false;
        }
    }

    /** Runs something in the history table as its owner, in a transaction of its own. */
    void record(String... history) throws SQLException {
        List<String> statements = new ArrayList<>(List.of(BEGIN));
        statements.addAll(ownRole());
        statements.addAll(List.of(history));
        statements.add("COMMIT");
        cancellation.shield();
        try {
            pipeline.send(statements);
        } catch (Pipeline.StatementFailure e) {
            rollback();
            throw e.sqlException();
        } finally {
            cancellation.unshield();
        }
    }

    /** Moves or ends this run's running row, as its owner, in a transaction of its own; an error if the row has gone. */
    void recordRunning(HistoryEntry entry, String history) throws SQLException {
        try {
            record(this.history.requireRunning(entry), history);
        } catch (SQLException e) {
            throw ServerError.of(e).isGuard() ? new SQLException(ROW_GONE, e) : e;
        }
    }

    /** Ends a failed transaction; a connection that is lost has ended it already. */
    void rollback() {
        if (!pipeline.inTransaction()) {
            return;
        }
        try {
            pipeline.send(List.of("ROLLBACK"));
        } catch (Pipeline.StatementFailure e) {
            // The server ends the transaction with the session.
        }
    }

    String instance() {
        return Instance.describe(options.application());
    }

    HistoryEntry entry(Migration migration, int statements) {
        return new HistoryEntry(
                events.runId(),
                migration.version(),
                migration.description(),
                migration.script(),
                migration.repeatable() ? Kind.REPEATABLE : Kind.VERSIONED,
                migration.checksum(),
                statements,
                instance());
    }
}
