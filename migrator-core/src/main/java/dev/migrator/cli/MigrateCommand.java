package dev.migrator.cli;

import dev.migrator.Migrator;
import dev.migrator.run.MigrationReport;
import picocli.CommandLine.Command;

/** Runs everything that is pending. */
@Command(name = "migrate", description = "Runs everything that is pending.")
final class MigrateCommand extends DatabaseCommand {

    MigrateCommand(Shell shell, MigratorSource source) {
        super(shell, source, Reach.UNTIL_ONE_FAILS);
    }

    @Override
    Answer run(Migrator migrator) {
        MigrationReport report = migrator.migrate();
        StringBuilder text = new StringBuilder();
        report.notes().forEach(note -> text.append("Note: ").append(note).append('\n'));
        text.append("Migrations: ").append(report.summary());
        return new Answer(text.toString(), ReportDescriptor.of(report));
    }
}
