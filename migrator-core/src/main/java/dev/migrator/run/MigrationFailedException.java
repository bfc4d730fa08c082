package dev.migrator.run;

import org.jspecify.annotations.Nullable;

/** A migration failed while it ran. */
public final class MigrationFailedException extends MigratorException {

    private static final long serialVersionUID = 1L;

    private final transient Failure failure;
    private final boolean leftNothing;

    /**
     * With the facts, and in words.
     *
     * @param leftNothing whether nothing is left of what the migration itself had done
     */
    public MigrationFailedException(
            Failure failure, boolean leftNothing, String databaseState, String action, @Nullable Throwable cause) {
        super(failure.describe(), databaseState, action, cause);
        this.failure = failure;
        this.leftNothing = leftNothing;
    }

    /** The facts of the failure. */
    public Failure failure() {
        return failure;
    }

    /**
     * Whether the server has rolled back all that the migration that failed had done. What the run had applied before it
     * stays.
     */
    public boolean leftNothing() {
        return leftNothing;
    }

    @Override
    public ExitCode exitCode() {
        return ExitCode.MIGRATION_FAILED;
    }
}
