package dev.migrator.run;

import org.jspecify.annotations.Nullable;

/** Another instance held the migration lock for longer than {@code lock.max-wait}. */
public final class LockTimeoutException extends MigratorException {

    private static final long serialVersionUID = 1L;

    public LockTimeoutException(String description, String databaseState, String action, @Nullable Throwable cause) {
        super(description, databaseState, action, cause);
    }

    @Override
    public ExitCode exitCode() {
        return ExitCode.LOCK_TIMEOUT;
    }
}
