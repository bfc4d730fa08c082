package dev.migrator.plan;

import java.util.List;

/**
 * What is to be taken back.
 *
 * @param steps in order, the version that was applied last first
 * @param problems why nothing may be taken back; all of them
 * @param notes what is worth knowing and no problem
 */
public record RollbackPlan(List<Step> steps, List<Problem> problems, List<String> notes) {

    public RollbackPlan {
        steps = List.copyOf(steps);
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
    }
}
