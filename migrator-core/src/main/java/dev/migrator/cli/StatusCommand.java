package dev.migrator.cli;

import dev.migrator.Migrator;
import dev.migrator.MigratorStatus;
import picocli.CommandLine.Command;

/** Shows what has run and what is pending. */
@Command(name = "status", description = "Shows what has run and what is pending; changes nothing.")
final class StatusCommand extends DatabaseCommand {

    StatusCommand(Shell shell, MigratorSource source) {
        super(shell, source, Reach.ALL);
    }

    @Override
    Answer run(Migrator migrator) {
        MigratorStatus status = migrator.status();
        return new Answer(StatusText.of(status), StatusDescriptor.of(status));
    }
}
