package dev.migrator.cli;

import dev.migrator.plan.Problem;
import dev.migrator.run.Failure;
import dev.migrator.run.MigrationFailedException;
import dev.migrator.run.MigratorException;
import dev.migrator.run.ValidationFailedException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A failure, as JSON.
 *
 * @param state {@code failed}
 * @param description what, where and why
 * @param database in which state the database now is
 * @param action what to do next
 * @param failure the facts of the statement that failed, or null
 * @param leftNothing whether the migration that failed has left nothing behind but its row, or null where none did
 * @param problems all that validation found, or null
 */
record FailureDescriptor(
        String state,
        int exitCode,
        String description,
        String database,
        String action,
        @Nullable Failure failure,
        @Nullable Boolean leftNothing,
        @Nullable List<Problem> problems) {

    static FailureDescriptor of(MigratorException e, OptionWords words) {
        return new FailureDescriptor(
                "failed",
                e.exitCode().value(),
                e.description(),
                e.databaseState(),
                words.in(e.action()),
                e instanceof MigrationFailedException failed ? failed.failure() : null,
                e instanceof MigrationFailedException failed ? failed.leftNothing() : null,
                e instanceof ValidationFailedException validation ? problems(validation, words) : null);
    }

    private static List<Problem> problems(ValidationFailedException e, OptionWords words) {
        return e.problems().stream()
                .map(problem ->
                        new Problem(problem.kind(), problem.script(), problem.message(), words.in(problem.action())))
                .toList();
    }

    /** The same for people. */
    String text() {
        return description + "\n\nDatabase: " + database + "\nNext: " + action;
    }
}
