package dev.migrator.run;

import org.jspecify.annotations.Nullable;

/** No connection could be had, or it was lost before anything ran. */
public final class DatabaseUnreachableException extends MigratorException {

    private static final long serialVersionUID = 1L;

    public DatabaseUnreachableException(
            String description, String databaseState, String action, @Nullable Throwable cause) {
        super(description, databaseState, action, cause);
    }

    @Override
    public ExitCode exitCode() {
        return ExitCode.DATABASE_UNREACHABLE;
    }
}
