package dev.migrator.cli;

import dev.migrator.Migrator;
import dev.migrator.run.Repair;
import dev.migrator.run.RepairReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Settles how far an unfinished migration has come. */
@Command(
        name = "repair",
        description = "Settles how far an unfinished migration has come, where only a person can tell; runs nothing.")
final class RepairCommand extends DatabaseCommand {

    @Parameters(
            arity = "0..1",
            paramLabel = "<migration>",
            description = "its version or script; may be left out if only one is unfinished")
    private @Nullable String migration;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private RepairOptions way = new RepairOptions();

    RepairCommand(Shell shell, MigratorSource source) {
        super(shell, source, Reach.ONE);
    }

    @Override
    Answer run(Migrator migrator) {
        Repair repair = way.repair();
        RepairReport report = migrator.repair(migration == null ? repair : repair.of(migration));
        return new Answer(report.summary(), RepairDescriptor.of(report));
    }
}
