package dev.migrator.run;

import org.jspecify.annotations.Nullable;

/** The run was stopped by {@code Migrator.cancel()}, most often because its process is shutting down. */
public final class RunCancelledException extends MigratorException {

    private static final long serialVersionUID = 1L;

    public RunCancelledException(String description, String databaseState, String action, @Nullable Throwable cause) {
        super(description, databaseState, action, cause);
    }

    /** Something outside of any migration was cancelled. */
    static RunCancelledException of(MigratorException cancelled, Cancellation cancellation) {
        return new RunCancelledException(
                "The run was cancelled" + cancellation.byWhom() + ", outside of any migration.",
                cancelled.databaseState(),
                Cancellation.ACTION,
                cancelled);
    }

    @Override
    public ExitCode exitCode() {
        return ExitCode.MIGRATION_FAILED;
    }
}
