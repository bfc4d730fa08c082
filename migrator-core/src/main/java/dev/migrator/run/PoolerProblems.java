package dev.migrator.run;

import dev.migrator.migration.Migration;
import dev.migrator.plan.Problem;
import dev.migrator.sql.Mode;
import dev.migrator.sql.ScriptOutline;
import dev.migrator.sql.Segment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the pending migrations that cannot run behind a pooler, which lends a session for the length of a transaction: outside
 * of one, nothing would keep others from migrating at the same time, and a time limit that is lifted would be lifted for others.
 */
final class PoolerProblems {

    private static final String ACTION =
            "Let Migrator connect straight to the server, with migrator.url; or, if the pooler"
                    + " gives each client a session of its own (PgBouncer: pool_mode=session), say so with"
                    + " migrator.lock.strategy=advisory.";

    private PoolerProblems() {}

    static List<Problem> of(List<PendingStep> steps) {
        List<Problem> problems = new ArrayList<>();
        for (PendingStep step : steps) {
            String what = step.skipReason() == null ? outsideOfTransaction(step) : null;
            if (what != null) {
                String script = step.migration().script();
                problems.add(problem(script, what));
            }
        }
        return problems;
    }

    /** The same of callbacks. */
    static List<Problem> ofCallbacks(List<PendingCallback> callbacks) {
        List<Problem> problems = new ArrayList<>();
        for (PendingCallback callback : callbacks) {
            String what = outsideOfTransaction(callback.outline());
            if (what != null) {
                problems.add(problem(callback.name(), what));
            }
        }
        return problems;
    }

    private static Problem problem(String script, String what) {
        return new Problem(
                Problem.Kind.NEEDS_SESSION,
                script,
                script + " " + what
                        + " runs outside of a transaction, which needs a session of its own; a pooler stands"
                        + " between this instance and the server.",
                ACTION);
    }

    private static @Nullable String outsideOfTransaction(PendingStep step) {
        if (step.migration().content() instanceof Migration.Java java) {
            return java.migration().transactional() ? null : "(a migration in Java)";
        }
        return step.outline() == null ? null : outsideOfTransaction(step.outline());
    }

    private static @Nullable String outsideOfTransaction(ScriptOutline outline) {
        return outline.segments().stream()
                .filter(segment -> segment.mode() == Mode.NONE)
                .findFirst()
                .map(PoolerProblems::statements)
                .orElse(null);
    }

    private static String statements(Segment segment) {
        return "(statement " + segment.first() + (segment.first() == segment.last() ? "" : " to " + segment.last())
                + ")";
    }
}
