package dev.migrator.run;

import org.jspecify.annotations.Nullable;

/**
 * Why a run ended without success. Its parts answer, in this order: what, where and why ({@link #description()}), in which
 * state the database now is ({@link #databaseState()}), and what to do next ({@link #action()}).
 */
public abstract sealed class MigratorException extends RuntimeException
        permits BackupFailedException,
                ConfigurationException,
                DatabaseUnreachableException,
                LockTimeoutException,
                MigrationFailedException,
                RunCancelledException,
                ValidationFailedException {

    private static final long serialVersionUID = 1L;

    private final String description;
    private final String databaseState;
    private final String action;

    MigratorException(String description, String databaseState, String action, @Nullable Throwable cause) {
        super(description + "\n\nDatabase: " + databaseState + "\nNext: " + action, cause);
        this.description = description;
        this.databaseState = databaseState;
        this.action = action;
    }

    /** What happened, where and why; may have several lines. */
    public String description() {
        return description;
    }

    /** In which state the failure left the database: one sentence or two. */
    public String databaseState() {
        return databaseState;
    }

    /** The next step to take. */
    public String action() {
        return action;
    }

    /** With which code a process should end that fails for this reason. */
    public abstract ExitCode exitCode();
}
