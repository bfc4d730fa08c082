package dev.migrator.run;

import org.jspecify.annotations.Nullable;

/** A migration failed while it ran. */
public final class MigrationFailedException extends MigratorException {

    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    public MigrationFailedException(Failure failure, String databaseState, String action, @Nullable Throwable cause) {
        super(failure.describe(), databaseState, action, cause);
        this.failure = failure;
    }

    /** The facts of the failure. */
    public Failure failure() {
        return failure;
    }

    @Override
    public ExitCode exitCode() {
        return ExitCode.MIGRATION_FAILED;
    }
}
