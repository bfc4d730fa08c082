package dev.migrator.run;

import org.jspecify.annotations.Nullable;

/** A backup that was asked for could not be taken, or what was to be had back from one could not. */
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
