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
        Position position = statement.positionAt(Math.max(1, error.position()));
        Failure failure = failure(statement.number(), position.line(), position.column(), position.excerpt(), error);
        return new StepFailure(failure, error, cause);
    }

    /** Something around the statements failed: the lock, the history row, the COMMIT; of a guard, its purpose says it all. */
    StepFailure of(String what, SQLException cause) {
        ServerError error = ServerError.of(cause);
        Failure failure = new Failure(
                version(),
                migration.script(),
                0,
                statements,
                0,
                0,
                null,
                error.isGuard() ? null : error.sqlState(),
                error.isGuard() ? what : what + ": " + error.message(),
                error.detail(),
                error.hint());
        return new StepFailure(failure, error, cause);
    }

    /** The migration's own code failed, or its text cannot be read. */
    StepFailure of(Exception cause) {
        if (cause instanceof SQLException sql) {
            ServerError error = ServerError.of(sql);
            return new StepFailure(failure(0, 0, 0, null, error), error, cause);
        }
        if (cause instanceof ScriptException script) {
            Failure failure = new Failure(
                    version(),
                    migration.script(),
                    0,
                    statements,
                    script.line(),
                    script.column(),
                    script.excerpt(),
                    null,
                    script.problem(),
                    null,
                    null);
            return new StepFailure(failure, cause);
        }
        return new StepFailure(
                new Failure(
                        version(), migration.script(), 0, statements, 0, 0, null, null, cause.toString(), null, null),
                cause);
    }

    private Failure failure(int statement, int line, int column, @Nullable String excerpt, ServerError error) {
        return new Failure(
                version(),
                migration.script(),
                statement,
                statements,
                line,
                column,
                excerpt,
                error.sqlState(),
                error.context() == null ? error.message() : error.message() + "\nContext: " + error.context(),
                error.detail(),
                error.hint());
    }

    private @Nullable String version() {
        return migration.version() == null ? null : migration.version().text();
    }
}
