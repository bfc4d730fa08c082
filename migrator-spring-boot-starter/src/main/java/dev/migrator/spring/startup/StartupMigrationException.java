package dev.migrator.spring.startup;

import dev.migrator.run.ExitCode;
import dev.migrator.run.MigratorException;
import org.springframework.boot.ExitCodeGenerator;

/**
 * Ends the application, because its database is not migrated. As an {@link ExitCodeGenerator} it makes Boot exit with that
 * code even while non-daemon threads run.
 */
public final class StartupMigrationException extends RuntimeException implements ExitCodeGenerator {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    public StartupMigrationException(String migrator, Throwable cause) {
        super("The database of '" + migrator + "' could not be migrated", cause);
        ExitCode code = cause instanceof MigratorException known ? known.exitCode() : ExitCode.MIGRATION_FAILED;
        this.exitCode = code.value();
    }

    @Override
    public int getExitCode() {
        return exitCode;
    }
}
