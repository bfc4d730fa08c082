package dev.migrator.run;

import java.time.Duration;

/** The instance that was to migrate has not done it within {@code wait.timeout}. */
public final class NotMigratedInTimeException extends MigratorException {

    private static final long serialVersionUID = 1L;

    NotMigratedInTimeException(Duration limit, String pending) {
        super(
                "The database was not migrated by another instance within " + limit.toSeconds() + " s. " + pending,
                "nothing was run by this instance; another one may still be migrating.",
                "See how the instance or the Job does that is to migrate, and start again; or wait longer, with"
                        + " migrator.wait.timeout.",
                null);
    }

    /** That of a lock that was not had in time: in both cases another instance was not done. */
    @Override
    public ExitCode exitCode() {
        return ExitCode.LOCK_TIMEOUT;
    }
}
