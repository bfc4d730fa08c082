package dev.migrator;

import dev.migrator.plan.Plan;
import dev.migrator.plan.Problem;
import dev.migrator.run.MigratorException;
import dev.migrator.run.ValidationFailedException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong, and what to do about it.
 *
 * @param databaseState in which state the failure left the database; null where nothing was run
 * @param action what to do next; null where nothing is wrong
 */
record Wrong(
        List<String> problems,
        @Nullable String databaseState,
        @Nullable String action) {

    static final Wrong NOTHING = new Wrong(List.of(), null, null);

    /** What a run ended with. */
    static Wrong of(MigratorException cause) {
        List<String> problems = cause instanceof ValidationFailedException validation
                ? messages(validation.problems())
                : List.of(cause.description());
        return new Wrong(problems, cause.databaseState(), cause.action());
    }

    /** What would keep a run from working. */
    static Wrong of(Plan plan) {
        List<Problem> problems = plan.problems();
        return problems.isEmpty()
                ? NOTHING
                : new Wrong(
                        messages(problems),
                        null,
                        problems.stream().map(Problem::action).distinct().collect(Collectors.joining(" ")));
    }

    private static List<String> messages(List<Problem> problems) {
        return problems.stream().map(Problem::message).toList();
    }
}
