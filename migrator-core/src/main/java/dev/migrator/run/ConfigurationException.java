package dev.migrator.run;

import org.jspecify.annotations.Nullable;

/** An option has a value that cannot be used, or the database is not one that can be migrated with these options. */
public final class ConfigurationException extends MigratorException {

    private static final long serialVersionUID = 1L;

    public ConfigurationException(String description, String databaseState, String action, @Nullable Throwable cause) {
        super(description, databaseState, action, cause);
    }

    @Override
    public ExitCode exitCode() {
        return ExitCode.WRONG_USAGE;
    }
}
