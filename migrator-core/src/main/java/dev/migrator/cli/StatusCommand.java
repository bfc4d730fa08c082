package dev.migrator.cli;

import dev.migrator.Migrator;
import dev.migrator.MigratorStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows what has run and what is pending. */
@Command(name = "status", description = "Shows what has run and what is pending; changes nothing.")
final class StatusCommand extends DatabaseCommand {

    @Mixin
    private final PlanOptions plan = new PlanOptions();

    StatusCommand(Shell shell) {
        super(shell);
    }

    @Override
    void configure(Migrator.Builder builder) {
        plan.applyTo(builder);
    }

    @Override
    Answer run(Migrator migrator) {
        MigratorStatus status = migrator.status();
        return new Answer(StatusText.of(status), StatusDescriptor.of(status));
    }
}
