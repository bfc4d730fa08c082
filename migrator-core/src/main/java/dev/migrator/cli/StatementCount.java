package dev.migrator.cli;

import dev.migrator.run.Blocker;
import dev.migrator.run.RunEvent;
import java.util.stream.Collectors;

/** How far a migration is, and who keeps it waiting: {@code statement 3 of 7, blocked by pid 4711 (psql)}. */
record StatementCount(RunEvent.StepProgress progress) {

    @Override
    public String toString() {
        String blockers = progress.blockers().stream().map(Blocker::describe).collect(Collectors.joining(", "));
        return (progress.text() == null ? "" : "statement ")
                + progress.statement()
                + (progress.statements() == 0 ? "" : " of " + progress.statements())
                + (blockers.isEmpty() ? "" : ", blocked by " + blockers);
    }
}
