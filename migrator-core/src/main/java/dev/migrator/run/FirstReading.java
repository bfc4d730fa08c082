package dev.migrator.run;

import dev.migrator.migration.Migration;
import dev.migrator.plan.Problem;
import dev.migrator.plan.Step;
import dev.migrator.sql.Directives;
import dev.migrator.sql.Placeholders;
import dev.migrator.sql.ScriptException;
import dev.migrator.sql.ScriptOutline;
import dev.migrator.sql.ScriptScanner;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads all pending scripts for the first time, before any of them runs, so that all that is wrong is said at once. */
final class FirstReading {

    static final String PLACEHOLDER_ACTION = "Give the placeholder a value that fits, with"
            + " migrator.placeholders.values.<name>; or write $${name} in a string where the text is meant as it is, or begin the"
            + " script with the comment '-- migrator: placeholders=off'.";

    private final Placeholders placeholders;
    private final Conditions conditions;
    private final List<PendingStep> steps = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    private FirstReading(Placeholders placeholders, Conditions conditions) {
        this.placeholders = placeholders;
        this.conditions = conditions;
    }

    /**
     * Reads the scripts of all steps.
     *
     * @param placeholders all that there are, those that only the server knows too
     * @param environments in which the run takes place
     */
    static FirstReading of(List<Step> steps, Placeholders placeholders, Set<String> environments) {
        FirstReading reading = new FirstReading(placeholders, new Conditions(environments, placeholders));
        steps.forEach(reading::read);
        return reading;
    }

    List<PendingStep> steps() {
        return steps;
    }

    /**
     * Refuses the run if anything is wrong, with all that is.
     *
     * @param planned what the plan has found already
     * @param borrowed whether the session is lent by a pooler
     * @throws ValidationFailedException if so
     */
    void refuse(List<Problem> planned, boolean borrowed) {
        List<Problem> all = all(planned, borrowed);
        if (!all.isEmpty()) {
            throw new ValidationFailedException(all);
        }
    }

    /** All that is wrong: with the plan, with the scripts, and with running them over a borrowed session. */
    List<Problem> all(List<Problem> planned, boolean borrowed) {
        List<Problem> all = new ArrayList<>(planned);
        all.addAll(problems);
        if (borrowed) {
            all.addAll(PoolerProblems.of(steps));
        }
        return List.copyOf(all);
    }

    private void read(Step step) {
        if (!(step.migration().content() instanceof Migration.Sql sql)) {
            steps.add(PendingStep.of(step, null));
            return;
        }
        try (InputStream in = sql.script().source().open()) {
            ScriptScanner scanner = new ScriptScanner(
                    sql.script().path(), in, placeholders, sql.conf().directives());
            if (step.migration().repeatable()) {
                scanner.summingReplaced();
            }
            String reason = reasonToSkip(step, sql, scanner.directives());
            if (reason == null) {
                ScriptOutline outline = read(step, sql, scanner);
                steps.add(PendingStep.of(step.of(outline.checksum()), outline));
            } else if (step.takesBack()) {
                add(
                        Problem.Kind.NO_ROLLBACK,
                        step,
                        sql.origin() + " is not to run here (" + reason + "), so that nothing takes version "
                                + step.migration().version() + " back.",
                        "Correct its condition, or go back to a backup (restore).");
            } else {
                steps.add(PendingStep.skipped(step, reason));
            }
        } catch (ScriptException e) {
            unreadable(step, String.valueOf(e.getMessage()), "Correct the script.");
        } catch (IllegalArgumentException e) {
            unreadable(step, String.valueOf(e.getMessage()), "Correct the line.");
        } catch (IOException e) {
            unreadable(step, sql.origin() + " cannot be read: " + e, "Make it readable for the application.");
        }
    }

    /** What has been begun is brought to its end, wherever that is. */
    private @Nullable String reasonToSkip(Step step, Migration.Sql sql, Directives directives) {
        return step.statementsDone() > 0 || step.hidesOutcome()
                ? null
                : conditions.against(directives.onlyIf(), sql.conf());
    }

    private ScriptOutline read(Step step, Migration.Sql sql, ScriptScanner scanner) throws IOException {
        ScriptOutline outline = scanner.outline();
        for (ScriptException problem : outline.problems()) {
            add(Problem.Kind.PLACEHOLDER, step, String.valueOf(problem.getMessage()), PLACEHOLDER_ACTION);
        }
        String checksum = step.migration().repeatable() ? outline.replacedChecksum() : outline.checksum();
        String expected = step.migration().checksum();
        if (outline.problems().isEmpty() && expected != null && !checksum.equals(expected)) {
            unreadable(step, sql.origin() + " was changed while it was being read.", "Start again.");
        }
        return outline;
    }

    private void unreadable(Step step, String message, String action) {
        add(Problem.Kind.UNREADABLE, step, message, action);
    }

    private void add(Problem.Kind kind, Step step, String message, String action) {
        problems.add(new Problem(kind, step.migration().script(), message, action));
    }
}
