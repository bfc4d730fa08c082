package dev.migrator.cli;

import dev.migrator.plan.Problem;
import dev.migrator.run.ExitCode;
import java.util.List;

/**
 * A validation that found nothing, as JSON; one that found something is a {@link FailureDescriptor}.
 *
 * @param state {@code succeeded}
 * @param problems empty
 */
record ValidationDescriptor(String state, int exitCode, List<Problem> problems) {

    static ValidationDescriptor ofNoProblems() {
        return new ValidationDescriptor("succeeded", ExitCode.DONE.value(), List.of());
    }
}
