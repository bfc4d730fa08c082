package dev.migrator.run;

import dev.migrator.history.HistoryRow;
import dev.migrator.history.State;
import dev.migrator.migration.Migration;
import dev.migrator.plan.Problem;
import dev.migrator.plan.Step;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is still to be run by somebody, in words. */
record Pending(Standing standing) {

    private static final int NAMED = 10;

    boolean isNothing() {
        return standing.plan().steps().isEmpty();
    }

    /** As {@code 2 migrations are pending: V6__a.sql, V7__b.sql}, with what became of an attempt that failed. */
    String describe() {
        List<Step> steps = standing.plan().steps();
        String names = steps.stream()
                .limit(NAMED)
                .map(step -> step.migration().script())
                .collect(Collectors.joining(", "));
        return (steps.size() == 1 ? "1 migration is" : steps.size() + " migrations are") + " pending: " + names
                + (steps.size() > NAMED ? ", and " + (steps.size() - NAMED) + " more" : "") + "." + failures();
    }

    private String failures() {
        return standing.plan().steps().stream()
                .map(step -> row(step.migration()))
                .filter(Objects::nonNull)
                .filter(row -> row.state() == State.FAILED)
                .map(row -> " " + row.script() + " failed: " + row.error() + ".")
                .collect(Collectors.joining());
    }

    private @Nullable HistoryRow row(Migration migration) {
        return migration.version() == null
                ? standing.history().ofRepeatable(migration.description())
                : standing.history().of(migration.version());
    }

    /** The same as a reason not to start, for one who may not run it. */
    Problem problem() {
        return new Problem(
                Problem.Kind.PENDING,
                null,
                describe(),
                "Let them run first, as a Job does with java -jar app.jar migrations migrate; or let this instance run them,"
                        + " with migrator.mode=migrate.");
    }
}
