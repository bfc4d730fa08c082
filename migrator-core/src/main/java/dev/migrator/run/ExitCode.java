package dev.migrator.run;

/** How a process that migrates ends: the same codes in the command line, in the application and in a Kubernetes Job. */
public enum ExitCode {
    /** Done, or nothing to do. */
    DONE(0),
    /** A migration failed. */
    MIGRATION_FAILED(1),
    /** Wrong usage or configuration. */
    WRONG_USAGE(2),
    /** Validation found problems. */
    VALIDATION_FAILED(3),
    /** The lock was not had in time. */
    LOCK_TIMEOUT(4),
    /** The database could not be reached. */
    DATABASE_UNREACHABLE(5),
    /** The backup, or the restore, failed. */
    BACKUP_FAILED(6);

    private final int value;

    ExitCode(int value) {
        this.value = value;
    }

    /** The process's exit status, 0 to 6. */
    public int value() {
        return value;
    }
}
