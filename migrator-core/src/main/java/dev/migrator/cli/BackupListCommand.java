package dev.migrator.cli;

import dev.migrator.Migrator;
import dev.migrator.backup.BackupFile;
import dev.migrator.backup.ByteCount;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;

/** Lists the dumps that there are. */
@Command(name = "list", description = "Lists the database's dumps, the newest first.")
final class BackupListCommand extends DatabaseCommand {

    BackupListCommand(Shell shell, MigratorSource source) {
        super(shell, source, Reach.ONE);
    }

    @Override
    Answer run(Migrator migrator) {
        List<BackupFile> files = migrator.backups();
        return new Answer(files.isEmpty() ? "There is no backup." : text(files), BackupListDescriptor.of(files));
    }

    private static String text(List<BackupFile> files) {
        TextTable table = new TextTable("Taken", "Occasion", "Size", "Format", "File");
        for (BackupFile file : files) {
            table.row(
                    file.at().toString(),
                    file.occasion(),
                    ByteCount.text(file.bytes()),
                    file.format().name().toLowerCase(Locale.ROOT),
                    file.path().toString());
        }
        return table.toString().stripTrailing();
    }
}
