package dev.migrator.cli;

import dev.migrator.Migrator;
import dev.migrator.run.Restore;
import dev.migrator.run.RestorePlan;
import dev.migrator.run.RestoreReport;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Puts a dump in the place of the database, when it has been shown what that means. */
@Command(
        name = "restore",
        description = "Puts a dump in the place of the database; the old one is kept under another name.")
final class RestoreCommand extends DatabaseCommand {

    @Mixin
    private final DumpParameter dump = new DumpParameter();

    @Option(names = "--terminate", description = "ends others who are connected, when their database's place is taken")
    private boolean terminate;

    @Option(names = "--drop-old", description = "keeps nothing of the database as it is now")
    private boolean dropOld;

    @Option(names = "--from-another-database", description = "takes a dump of a database of another name, too")
    private boolean fromAnotherDatabase;

    @Mixin
    private final ConfirmOptions confirm = new ConfirmOptions();

    RestoreCommand(Shell shell, MigratorSource source) {
        super(shell, source, Reach.ONE);
    }

    @Override
    void prepare(Migrator migrator) {
        RestorePlan plan = migrator.planRestore(restore());
        if (!plan.problems().isEmpty()) {
            // the restore itself says them, and nothing is to be agreed to
            return;
        }
        if (!json()) {
            shell().out().println(TextTable.printableLines(plan.describe()));
        }
        new Confirmation(shell(), confirm).require("Restore?");
    }

    private Restore restore() {
        Path file = dump.file();
        return new Restore(file, terminate, dropOld, fromAnotherDatabase);
    }

    @Override
    Answer run(Migrator migrator) {
        try (RestoreShown progress = new RestoreShown(shell(), json())) {
            RestoreReport report = migrator.restore(restore(), progress);
            StringBuilder text = new StringBuilder(report.summary());
            report.warnings().forEach(warning -> text.append("\nNote: ").append(warning));
            return new Answer(text.toString(), RestoreDescriptor.of(report));
        }
    }
}
