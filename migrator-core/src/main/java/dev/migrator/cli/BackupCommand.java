package dev.migrator.cli;

import dev.migrator.Migrator;
import dev.migrator.backup.ByteCount;
import dev.migrator.run.BackupReport;
import dev.migrator.run.MigrationListener;
import picocli.CommandLine.Command;

/** Takes a backup now. */
@Command(name = "backup", description = "Backs the database up now, or does what a command below it says.")
final class BackupCommand extends DatabaseCommand {

    BackupCommand(Shell shell, MigratorSource source) {
        super(shell, source, Reach.ONE);
    }

    @Override
    MigrationListener progress() {
        return new BackupShown(shell());
    }

    @Override
    Answer run(Migrator migrator) {
        BackupReport report = migrator.backup();
        String size = report.bytes() == 0 ? "" : ", " + ByteCount.text(report.bytes());
        return new Answer(
                "The backup is " + report.name() + size + ", after "
                        + report.duration().toMillis() + " ms."
                        + (report.restoreCommand() == null ? "" : "\nTo go back to it: " + report.restoreCommand()),
                BackupDescriptor.of(report));
    }
}
