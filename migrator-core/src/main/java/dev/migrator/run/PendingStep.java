package dev.migrator.run;

import dev.migrator.migration.Migration;
import dev.migrator.plan.Step;
import dev.migrator.sql.ScriptOutline;
import org.jspecify.annotations.Nullable;

/**
 * A step that has been looked through and can be run.
 *
 * @param outline what the first reading of its script said; null for a Java migration, and for a script that is skipped
 * @param skipReason why it is not to run here, but only to be recorded; null if it is to run
 */
record PendingStep(
        Step step,
        @Nullable ScriptOutline outline,
        @Nullable String skipReason) {

    static PendingStep of(Step step, @Nullable ScriptOutline outline) {
        return new PendingStep(step, outline, null);
    }

    static PendingStep skipped(Step step, String reason) {
        return new PendingStep(step, null, reason);
    }

    Migration migration() {
        return step.migration();
    }

    int statements() {
        return outline == null ? 0 : outline.statements();
    }
}
