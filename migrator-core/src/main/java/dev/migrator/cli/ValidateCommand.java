package dev.migrator.cli;

import dev.migrator.Migrator;
import dev.migrator.MigratorStatus;
import dev.migrator.plan.Problem;
import dev.migrator.run.ValidationFailedException;
import java.util.List;
import picocli.CommandLine.Command;

/** Lists all that would keep {@code migrate} from running. */
@Command(name = "validate", description = "Lists all that would keep migrate from running; changes nothing.")
final class ValidateCommand extends DatabaseCommand {

    ValidateCommand(Shell shell, MigratorSource source) {
        super(shell, source, Reach.ALL);
    }

    @Override
    Answer run(Migrator migrator) {
        List<Problem> problems = migrator.validate();
        if (!problems.isEmpty()) {
            throw new ValidationFailedException(problems);
        }
        MigratorStatus status = migrator.snapshot();
        return new Answer(
                "No problems: " + status.migrations().size() + " found, " + status.pending() + " pending.",
                ValidationDescriptor.ofNoProblems());
    }
}
