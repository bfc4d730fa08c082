package dev.migrator.cli;

import dev.migrator.Migrator;
import dev.migrator.MigratorStatus;
import dev.migrator.TableInfo;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what has run and what is pending. */
@Command(name = "status", description = "Shows what has run and what is pending; changes nothing.")
final class StatusCommand extends DatabaseCommand {

    @Option(names = "--tables", description = "also lists the schema's tables with their columns")
    private boolean tables;

    StatusCommand(Shell shell, MigratorSource source) {
        super(shell, source, Reach.ALL);
    }

    @Override
    Answer run(Migrator migrator) {
        MigratorStatus status = migrator.status();
        if (!tables) {
            return new Answer(StatusText.of(status), StatusDescriptor.of(status, null));
        }
        List<TableInfo> found = migrator.tables();
        return new Answer(StatusText.of(status) + "\n\n" + TablesText.of(found), StatusDescriptor.of(status, found));
    }
}
