package dev.migrator.spring.actuate;

import dev.migrator.plan.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What an operation is answered with.
 *
 * @param operation as it was asked for
 * @param migrator the bean's name, or null where none was found
 * @param message what was done, or why nothing was, in a sentence or two
 * @param state the migrator's state by now, or null where none was found
 * @param current what runs now, or null
 * @param problems what validation found; null for other operations, and for a reader who may not see details
 */
public record OperationDescriptor(
        String operation,
        @Nullable String migrator,
        String message,
        @Nullable String state,
        @Nullable CurrentDescriptor current,
        @Nullable List<ProblemDescriptor> problems)
        implements OperationResponseBody {

    /** A reason why a run would be refused. */
    public record ProblemDescriptor(String kind, @Nullable String script, String message, String action) {

        static ProblemDescriptor of(Problem problem) {
            return new ProblemDescriptor(problem.kind().name(), problem.script(), problem.message(), problem.action());
        }
    }
}
