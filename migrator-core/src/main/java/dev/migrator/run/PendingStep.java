package dev.migrator.run;

import dev.migrator.migration.Migration;
import dev.migrator.plan.Step;
import dev.migrator.sql.ScriptOutline;
import org.jspecify.annotations.Nullable;

/**
 * A step that has been looked through and can be run.
 *
 * @param outline what the first reading of its script said; null for a Java migration
 */
record PendingStep(Step step, @Nullable ScriptOutline outline) {

    Migration migration() {
        return step.migration();
    }

    int statements() {
        return outline == null ? 0 : outline.statements();
    }
}
