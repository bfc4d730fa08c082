package dev.migrator.run;

import org.jspecify.annotations.Nullable;

/** There is no backup, or none that could be relied upon, or it could not be restored. */
public final class BackupFailedException extends MigratorException {

    private static final long serialVersionUID = 1L;

    public BackupFailedException(String description, String databaseState, String action, @Nullable Throwable cause) {
        super(description, databaseState, action, cause);
    }

    @Override
    public ExitCode exitCode() {
        return ExitCode.BACKUP_FAILED;
    }
}
