package dev.migrator.run;

import dev.migrator.migration.Migration;
import dev.migrator.plan.Problem;
import dev.migrator.plan.Step;
import dev.migrator.sql.ScriptException;
import dev.migrator.sql.ScriptOutline;
import dev.migrator.sql.ScriptScanner;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads all pending scripts for the first time, before any of them runs, so that all that is wrong is said at once. */
final class FirstReading {

    private final List<PendingStep> steps = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    private FirstReading() {}

    static FirstReading of(List<Step> steps) {
        FirstReading reading = new FirstReading();
        steps.forEach(reading::read);
        return reading;
    }

    List<PendingStep> steps() {
        return steps;
    }

    List<Problem> problems() {
        return problems;
    }

    private void read(Step step) {
        if (!(step.migration().content() instanceof Migration.Sql sql)) {
            steps.add(new PendingStep(step, null));
            return;
        }
        try (InputStream in = sql.script().source().open()) {
            ScriptOutline outline = ScriptScanner.scan(sql.script().path(), in);
            if (!outline.checksum().equals(step.migration().checksum())) {
                problems.add(problem(step, sql.origin() + " was changed while it was being read.", "Start again."));
            }
            steps.add(new PendingStep(step, outline));
        } catch (ScriptException e) {
            problems.add(problem(step, String.valueOf(e.getMessage()), "Correct the script."));
        } catch (IOException e) {
            problems.add(
                    problem(step, sql.origin() + " cannot be read: " + e, "Make it readable for the application."));
        }
    }

    private static Problem problem(Step step, String message, String action) {
        return new Problem(Problem.Kind.UNREADABLE, step.migration().script(), message, action);
    }
}
