package dev.migrator.plan;

import dev.migrator.migration.Migration;
import dev.migrator.migration.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done.
 *
 * @param migrations everything that was found, in the order in which it would run
 * @param baseline the version to record for a database that has tables already, or null
 * @param steps what is to run, in order
 * @param problems why nothing may run; all of them
 * @param notes what is worth knowing and no problem
 */
public record Plan(
        List<Migration> migrations,
        @Nullable Version baseline,
        List<Step> steps,
        List<Problem> problems,
        List<String> notes) {

    public Plan {
        migrations = List.copyOf(migrations);
        steps = List.copyOf(steps);
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
    }

    /** Whether there is nothing to run and nothing to complain of. */
    public boolean isEmpty() {
        return baseline == null && steps.isEmpty() && problems.isEmpty();
    }
}
