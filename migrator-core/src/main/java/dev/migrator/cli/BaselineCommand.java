package dev.migrator.cli;

import dev.migrator.Migrator;
import dev.migrator.run.MigrationReport;
import picocli.CommandLine.Command;

/** Records that the schema stands at a version already. */
@Command(
        name = "baseline",
        description = "Records that a database without a history stands at a version already; runs nothing.")
final class BaselineCommand extends DatabaseCommand {

    BaselineCommand(Shell shell, MigratorSource source) {
        super(shell, source, Reach.ONE);
    }

    @Override
    Answer run(Migrator migrator) {
        MigrationReport report = migrator.baseline();
        String version = migrator.baselineVersion();
        return new Answer(
                "The baseline is recorded; migrations up to version " + version + " will not run.",
                BaselineDescriptor.of(report, version));
    }
}
