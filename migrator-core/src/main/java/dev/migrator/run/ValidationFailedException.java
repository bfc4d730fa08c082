package dev.migrator.run;

import dev.migrator.plan.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** The plan has problems. All of them are in {@link #problems()}; nothing was run. */
public final class ValidationFailedException extends MigratorException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public ValidationFailedException(List<Problem> problems) {
        super(
                "Validation found " + (problems.size() == 1 ? "a problem" : problems.size() + " problems") + ":\n"
                        + problems.stream()
                                .map(problem -> "  - " + problem.message())
                                .collect(Collectors.joining("\n")),
                "nothing was run; it is as it was.",
                problems.stream().map(Problem::action).distinct().collect(Collectors.joining(" ")),
                null);
        this.problems = List.copyOf(problems);
    }

    /** Every problem that was found, in the order of the migrations; never empty. */
    public List<Problem> problems() {
        return problems;
    }

    @Override
    public ExitCode exitCode() {
        return ExitCode.VALIDATION_FAILED;
    }
}
