package dev.migrator.run;

import dev.migrator.migration.Migration;
import dev.migrator.postgres.ServerError;
import dev.migrator.sql.Position;
import dev.migrator.sql.ScriptException;
import dev.migrator.sql.Statement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Turns what went wrong in one migration into what a person needs to know of it. */
final class Failures {

    private final Migration migration;
    private final int statements;

    Failures(Migration migration, int statements) {
        this.migration = migration;
        this.statements = statements;
    }

    /** The server refused a statement of the script. */
    StepFailure of(Statement statement, SQLException cause) {
        ServerError error = ServerError.of(cause);
        Position position = statement.positionAt(Math.max(1, error.positionIn(statement.text())));
        Failure failure = failure(
                statement.number(), position.line(), position.column(), position.excerpt(), error, error.message());
        return new StepFailure(failure, error, cause);
    }

    /** Something around the statements failed: the lock, the history row, the COMMIT. */
    StepFailure of(String what, SQLException cause) {
        ServerError error = ServerError.of(cause);
        return new StepFailure(failure(0, 0, 0, null, error, what + ": " + error.message()), error, cause);
    }

    /** The migration's own code failed, or its text cannot be read. */
    StepFailure of(Exception cause) {
        if (cause instanceof SQLException sql) {
            ServerError error = ServerError.of(sql);
            return new StepFailure(failure(0, 0, 0, null, error, error.message()), error, cause);
        }
        Failure failure = cause instanceof ScriptException script
                ? failure(0, script.line(), script.column(), script.excerpt(), ServerError.NONE, script.problem())
                : failure(0, 0, 0, null, ServerError.NONE, cause.toString());
        return new StepFailure(failure, cause);
    }

    private Failure failure(
            int statement, int line, int column, @Nullable String excerpt, ServerError error, String message) {
        return new Failure(
                version(),
                migration.script(),
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
                context(error));
    }

    private static @Nullable String context(ServerError error) {
        if (error.innerQuery() == null) {
            return error.context();
        }
        return (error.context() == null ? "" : error.context() + "\n") + "Query: " + error.innerQuery();
    }

    private @Nullable String version() {
        return migration.version() == null ? null : migration.version().text();
    }
}
