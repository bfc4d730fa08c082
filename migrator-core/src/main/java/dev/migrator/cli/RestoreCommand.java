package dev.migrator.cli;

import dev.migrator.Migrator;
import dev.migrator.run.Restore;
import dev.migrator.run.RestorePlan;
import dev.migrator.run.RestoreReport;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
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

    /** What the latest was when it was shown: another one may come while a person thinks. */
    private @Nullable Path agreed;

    RestoreCommand(Shell shell, MigratorSource source) {
        super(shell, source, Reach.ONE);
    }

    @Override
    void prepare(Migrator migrator) {
        RestorePlan plan = migrator.planRestore(restore(dump.file()));
        if (!plan.problems().isEmpty()) {
            // the restore itself says them, and nothing is to be agreed to
            return;
        }
        if (!json()) {
            shell().out().println(TextTable.printableLines(plan.describe()));
        }
        new Confirmation(shell(), confirm).require("Restore?");
        agreed = plan.file();
    }

    private Restore restore(@Nullable Path file) {
        return new Restore(file, terminate, dropOld, fromAnotherDatabase);
    }

    @Override
    Answer run(Migrator migrator) {
        try (RestoreShown progress = new RestoreShown(shell(), json())) {
            RestoreReport report = migrator.restore(restore(agreed == null ? dump.file() : agreed), progress);
            StringBuilder text = new StringBuilder(report.summary());
            report.warnings().forEach(warning -> text.append("\nNote: ").append(warning));
            return new Answer(text.toString(), RestoreDescriptor.of(report));
        }
    }
}
