package dev.migrator.run;

import dev.migrator.history.HistoryEntry;
import dev.migrator.history.HistoryWriter;
import dev.migrator.history.Kind;
import dev.migrator.migration.Migration;
import dev.migrator.postgres.AdvisoryLock;
import dev.migrator.postgres.Pipeline;
import dev.migrator.postgres.ServerFacts;
import dev.migrator.postgres.Session;
import dev.migrator.sql.Placeholders;
import dev.migrator.sql.Quoting;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What the steps of one run share: the session that holds the lock, and what it needs to work with it. */
final class Work {

    private final Session session;
    private final Pipeline pipeline;
    private final AdvisoryLock lock;
    private final HistoryWriter history;
    private final RunOptions options;
    private final Events events;
    private final Placeholders placeholders;
    private final Progress progress = new Progress();
    private final List<String> preparation;
    private final List<String> freshSession;
    private boolean used;

    Work(
            Session session,
            AdvisoryLock lock,
            HistoryWriter history,
            RunOptions options,
            Events events,
            Placeholders placeholders)
            throws SQLException {
        this.session = session;
        this.pipeline = session.pipeline(Notices::log);
        this.lock = lock;
        this.history = history;
        this.options = options;
        this.events = events;
        this.placeholders = placeholders;
        this.preparation = preparation(options, session.facts());
        this.freshSession = freshSession(session.facts(), preparation);
    }

    private static List<String> freshSession(ServerFacts facts, List<String> preparation) {
        List<String> statements = new ArrayList<>();
        statements.add("RESET SESSION AUTHORIZATION");
        statements.add("SET ROLE " + role(facts));
        statements.add("RESET ALL");
        statements.addAll(facts.restore());
        statements.addAll(preparation);
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

    Progress progress() {
        return progress;
    }

    /** What makes the session what it was when the pool gave it, and prepares it for a script. */
    List<String> freshSession() {
        List<String> statements = used ? freshSession : preparation;
        used = true;
        return statements;
    }

    /** Takes back a SET ROLE of the script for the statement that writes its history row. */
    String ownRole() throws SQLException {
        return "SET LOCAL ROLE " + role(session.facts());
    }

    /** Runs something in the history table as its owner, in a transaction of its own. */
    void record(String statement) throws SQLException {
        try {
            pipeline.send(List.of("BEGIN", ownRole(), statement, "COMMIT"));
        } catch (Pipeline.StatementFailure e) {
            rollback();
            throw e.sqlException();
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
