package dev.migrator.cli;

import dev.migrator.MigrationInfo;
import dev.migrator.Migrator;
import dev.migrator.plan.Problem;
import dev.migrator.run.ValidationFailedException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists all that would keep {@code migrate} from running. */
@Command(name = "validate", description = "Lists all that would keep migrate from running; changes nothing.")
final class ValidateCommand extends DatabaseCommand {

    @Mixin
    private final PlanOptions plan = new PlanOptions();

    ValidateCommand(Shell shell) {
        super(shell);
    }

    @Override
    void configure(Migrator.Builder builder) {
        plan.applyTo(builder);
    }

    @Override
    Answer run(Migrator migrator) {
        List<Problem> problems = migrator.validate();
        if (!problems.isEmpty()) {
            throw new ValidationFailedException(problems);
        }
        List<MigrationInfo> migrations = migrator.snapshot().migrations();
        long pending = migrations.stream()
                .filter(migration -> migration.state().equals("pending"))
                .count();
        return new Answer(
                "No problems: " + migrations.size() + " found, " + pending + " pending.",
                ValidationDescriptor.ofNoProblems());
    }
}
