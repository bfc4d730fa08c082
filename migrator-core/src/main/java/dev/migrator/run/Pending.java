package dev.migrator.run;

import dev.migrator.history.HistoryRow;
import dev.migrator.migration.Migration;
import dev.migrator.plan.Problem;
import dev.migrator.plan.Step;
import java.time.temporal.ChronoUnit;
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

    /** As {@code 2 migrations are pending: V6__a.sql, V7__b.sql}, with what became of an attempt that has not come to its end. */
    String describe() {
        List<Step> steps = standing.plan().steps();
        String names = steps.stream()
                .limit(NAMED)
                .map(step -> step.migration().script())
                .collect(Collectors.joining(", "));
        return (steps.size() == 1 ? "1 migration is" : steps.size() + " migrations are") + " pending: " + names
                + (steps.size() > NAMED ? ", and " + (steps.size() - NAMED) + " more" : "") + "." + attempts();
    }

    private String attempts() {
        return standing.plan().steps().stream()
                .map(step -> row(step.migration()))
                .filter(Objects::nonNull)
                .map(Pending::attempt)
                .collect(Collectors.joining());
    }

    private static String attempt(HistoryRow row) {
        String done = row.statementsDone() + " of " + row.statementsTotal() + " statements";
        return switch (row.state()) {
            case FAILED -> " " + row.script() + " failed: " + row.error() + ".";
            case RUNNING ->
                " " + row.script() + " was begun at " + row.startedAt().truncatedTo(ChronoUnit.SECONDS)
                        + (row.instance() == null ? "" : " by " + row.instance()) + ", and has not ended: " + done
                        + " are done.";
            case INTERRUPTED -> " " + row.script() + " was interrupted after " + done + ".";
            default -> "";
        };
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
