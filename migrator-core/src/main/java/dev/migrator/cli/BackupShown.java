package dev.migrator.cli;

import dev.migrator.backup.ByteCount;
import dev.migrator.run.MigrationListener;
import dev.migrator.run.RunEvent;

/** Shows on a terminal, in one line that goes again, how much of a backup is written. */
final class BackupShown implements MigrationListener {

    private final Shell shell;

    BackupShown(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void on(RunEvent event) {
        Terminal terminal = shell.terminal();
        if (terminal == null) {
            return;
        }
        if (event instanceof RunEvent.BackupProgress backup) {
            shell.out().print("\rBacking up, " + ByteCount.text(backup.bytes()) + " written   ");
            shell.out().flush();
        } else if (event instanceof RunEvent.BackupTaken) {
            shell.out().print('\r' + " ".repeat(terminal.width() - 1) + '\r');
        }
    }
}
