package dev.migrator.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** The command that the others stand under; alone it only knows help and version. */
@Command(
        name = "migrator",
        description = "Migrates a PostgreSQL database.",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = ManifestVersion.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, or nothing to do",
            "1:a migration failed",
            "2:wrong usage or configuration",
            "3:validation found problems",
            "4:the migration lock was not had in time",
            "5:the database could not be reached"
        },
        footerHeading = "%nEnvironment:%n",
        footer = {
            "  MIGRATOR_URL, MIGRATOR_USER, MIGRATOR_PASSWORD stand in for the options; without any password, the"
                    + " pgpass file (PGPASSFILE or ~/.pgpass) is asked."
        })
final class MigratorCommand {

    private MigratorCommand() {}

    /**
     * Runs the command that the arguments name.
     *
     * @return the exit code
     */
    static int run(Shell shell, String... arguments) {
        return new CommandLine(new MigratorCommand())
                .addSubcommand(new MigrateCommand(shell))
                .addSubcommand(new StatusCommand(shell))
                .addSubcommand(new ValidateCommand(shell))
                .addSubcommand(new BaselineCommand(shell))
                .addSubcommand(new RepairCommand(shell))
                .addSubcommand(new CreateCommand(shell, Path.of("")))
                .setOut(new PrintWriter(shell.out(), true))
                .setErr(new PrintWriter(shell.err(), true))
                .setCaseInsensitiveEnumValuesAllowed(true)
                // a password may begin with @
                .setExpandAtFiles(false)
                .setParameterExceptionHandler(new UsageErrors())
                .setExecutionExceptionHandler(new FailureHandler(shell))
                .execute(arguments);
    }
}
