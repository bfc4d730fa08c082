package dev.migrator.cli;

import dev.migrator.Migrator;
import dev.migrator.run.VerifyReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tries out whether a dump can be restored. */
@Command(
        name = "verify",
        description =
                "Restores a dump into a database that is dropped again, and compares tables, rows and definitions.")
final class BackupVerifyCommand extends DatabaseCommand {

    @Mixin
    private final DumpParameter dump = new DumpParameter();

    BackupVerifyCommand(Shell shell, MigratorSource source) {
        super(shell, source, Reach.ONE);
    }

    @Override
    Answer run(Migrator migrator) {
        try (RestoreShown progress = new RestoreShown(shell(), json())) {
            VerifyReport report = migrator.verifyBackup(dump.file(), progress);
            StringBuilder text = new StringBuilder(report.summary());
            report.remarks().forEach(remark -> text.append("\nNote: ").append(remark));
            if (!report.changes().isEmpty()) {
                text.append("\nSince then:");
                report.changes().forEach(change -> text.append("\n- ").append(change));
            }
            return new Answer(text.toString(), VerifyDescriptor.of(report));
        }
    }
}
