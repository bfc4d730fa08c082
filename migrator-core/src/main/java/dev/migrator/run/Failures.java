package dev.migrator.run;

import dev.migrator.lock.Guard;
import dev.migrator.plan.Step;
import dev.migrator.postgres.ServerError;
import dev.migrator.sql.Kind;
import dev.migrator.sql.Position;
import dev.migrator.sql.ScriptException;
import dev.migrator.sql.Statement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Turns what went wrong in one migration into what a person needs to know of it. */
final class Failures {

    /** Causes may lead round in a circle. */
    private static final int MAX_DEPTH = 20;

    private final @Nullable String version;
    private final String script;
    private final @Nullable String callback;
    private final boolean takesBack;
    private final int statements;

    /** The script that it is about. */
    String script() {
        return script;
    }

    /** How many statements that has. */
    int statements() {
        return statements;
    }

    Failures(Step step, int statements) {
        this(
                step.migration().version() == null
                        ? null
                        : step.migration().version().text(),
                step.migration().script(),
                null,
                step.takesBack(),
                statements);
    }

    private Failures(
            @Nullable String version, String script, @Nullable String callback, boolean takesBack, int statements) {
        this.version = version;
        this.script = script;
        this.callback = callback;
        this.takesBack = takesBack;
        this.statements = statements;
    }

    /** Of a callback of the whole run. */
    static Failures ofCallback(PendingCallback callback) {
        return new Failures(null, callback.name(), callback.name(), false, callback.statements());
    }

    /** Of a callback that runs with this migration. */
    Failures inCallback(PendingCallback of) {
        return new Failures(version, script, of.name(), takesBack, of.statements());
    }

    /**
     * What the observer is to know of statements that are sent: those of a callback that runs with a migration are none of the
     * migration's, whose they would be taken for by their numbers.
     */
    Progress.InFlight inFlight(String sent, List<Statement> statementsOfIt, int total) {
        boolean beside = callback != null && !callback.equals(script);
        return beside
                ? new Progress.InFlight(script, List.of(), 0, System.nanoTime())
                : new Progress.InFlight(sent, statementsOfIt, total, System.nanoTime());
    }

    /** The server refused a statement of the script. */
    StepFailure of(Statement statement, SQLException cause) {
        ServerError error = ServerError.of(cause);
        int dataLine = statement.kind() == Kind.COPY_FROM_STDIN ? error.copyLine() : 0;
        if (dataLine > 0) {
            int line = statement.line() + (int) statement.text().lines().count() - 1 + dataLine;
            return new StepFailure(failure(statement.number(), line, 0, null, error, error.message()), error, cause);
        }
        Position position = statement.positionAt(Math.max(1, error.positionIn(statement.text())));
        Failure failure = failure(
                statement.number(), position.line(), position.column(), position.excerpt(), error, error.message());
        return new StepFailure(failure, error, cause);
    }

    /** A guard around the statements failed, whose error says nothing of use; or it could not be asked. */
    StepFailure of(Guard guard, SQLException cause) {
        ServerError error = ServerError.of(cause);
        if (!error.isGuard()) {
            return of("The state of the migration could not be looked at", cause);
        }
        Failure failure = failure(0, 0, 0, null, ServerError.NONE, guard.meaning());
        return new StepFailure(failure, guard.passing(), cause);
    }

    /** The server refuses a statement in any transaction, and behind a pooler there is nothing else. */
    StepFailure needsOwnSession(StepFailure refused) {
        Failure failure = refused.failure();
        return new StepFailure(
                new Failure(
                        failure.version(),
                        failure.script(),
                        failure.statement(),
                        failure.statements(),
                        failure.line(),
                        failure.column(),
                        failure.excerpt(),
                        failure.sqlState(),
                        failure.message(),
                        failure.detail(),
                        "Statements outside of a transaction need a session of their own, which a pooler does not give: let"
                                + " Migrator connect straight to the server, with migrator.url.",
                        failure.constraint(),
                        failure.context(),
                        takesBack,
                        failure.callback()),
                refused);
    }

    /** Something around the statements failed: the history row, the COMMIT. */
    StepFailure of(String what, SQLException cause) {
        ServerError error = ServerError.of(cause);
        Failure failure = failure(0, 0, 0, null, error, what + ": " + error.message());
        return new StepFailure(failure, error, cause);
    }

    /** Something of our own failed behind a statement that is done. */
    StepFailure behind(int statement, String what, SQLException cause) {
        ServerError error = ServerError.of(cause);
        return new StepFailure(failure(statement, 0, 0, null, error, what + ": " + error.message()), error, cause);
    }

    /**
     * The connection broke off while several statements were on their way: nobody knows which of them ran by then.
     *
     * @param unanswered those of the script that have no answer
     */
    StepFailure ofLostAnswers(List<Statement> unanswered, SQLException cause) {
        return of(where(unanswered), cause);
    }

    private static String where(List<Statement> unanswered) {
        if (unanswered.isEmpty()) {
            return "in the BEGIN or COMMIT, or what goes with them";
        }
        Statement first = unanswered.get(0);
        Statement last = unanswered.get(unanswered.size() - 1);
        String around = ", or in the BEGIN or COMMIT around ";
        return first == last
                ? "in statement " + first.number() + " (line " + first.line() + ")" + around + "it"
                : "somewhere in statements " + first.number() + " to " + last.number() + " (lines " + first.line()
                        + " to " + last.line() + ")" + around + "them";
    }

    /** A statement of the history's own failed, outside of any migration. */
    static StepFailure ofHistory(String table, SQLException cause) {
        ServerError error = ServerError.of(cause);
        return new StepFailure(
                new Failure(
                        null,
                        table,
                        0,
                        0,
                        0,
                        0,
                        null,
                        error.sqlState(),
                        error.message(),
                        error.detail(),
                        error.hint(),
                        error.constraint(),
                        context(error),
                        false),
                error,
                cause);
    }

    /** Nothing failed: the run is to stop here. */
    StepFailure cancelled() {
        String message = "the run was cancelled";
        return new StepFailure(failure(0, 0, 0, null, ServerError.NONE, message), new CancellationException(message));
    }

    /** The migration's own code failed, or its text cannot be read. */
    StepFailure of(Throwable cause) {
        if (cause instanceof SQLException sql) {
            ServerError error = ServerError.of(sql);
            return new StepFailure(failure(0, 0, 0, null, error, error.message()), error, cause);
        }
        SQLException wrapped = sqlException(cause);
        if (wrapped != null) {
            ServerError error = ServerError.of(wrapped);
            return new StepFailure(failure(0, 0, 0, null, error, cause.toString()), error, cause);
        }
        Failure failure = cause instanceof ScriptException script
                ? failure(0, script.line(), script.column(), script.excerpt(), ServerError.NONE, script.problem())
                : failure(0, 0, 0, null, ServerError.NONE, cause.toString());
        return new StepFailure(failure, cause);
    }

    /** As Spring's JdbcTemplate wraps them: what is to be tried again, and that a connection is lost, shows in there only. */
    private static @Nullable SQLException sqlException(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
            cause = cause.getCause();
        }
        return null;
    }

    private Failure failure(
            int statement, int line, int column, @Nullable String excerpt, ServerError error, String message) {
        return new Failure(
                version,
                script,
                statement,
                statements,
                line,
                column,
                excerpt,
                error.sqlState(),
                message,
                error.detail(),
                error.hint(),
                error.constraint(),
                context(error),
                takesBack,
                callback);
    }

    private static @Nullable String context(ServerError error) {
        if (error.innerQuery() == null) {
            return error.context();
        }
        return (error.context() == null ? "" : error.context() + "\n") + "Query: " + error.innerQuery();
    }
}
