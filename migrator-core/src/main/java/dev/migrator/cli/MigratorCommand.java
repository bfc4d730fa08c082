package dev.migrator.cli;

import dev.migrator.Migrator;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
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
            "5:the database could not be reached",
            "6:the backup, or the restore, failed"
        })
final class MigratorCommand {

    /** Gives a command its migrators, by options or otherwise. */
    interface Sources {

        /**
         * For one command.
         *
         * @param groups the options that describe its migrator, where no application has it
         */
        MigratorSource of(List<BuilderOptions> groups);
    }

    private final Shell shell;
    private final Sources sources;

    private MigratorCommand(Shell shell, Sources sources) {
        this.shell = shell;
        this.sources = sources;
    }

    /**
     * Runs the command that the arguments name, on the database that they name.
     *
     * @return the exit code
     */
    static int run(Shell shell, String... arguments) {
        CommandLine line = line(shell);
        describe(line, spec -> spec.usageMessage()
                .footerHeading("%nEnvironment:%n")
                .footer(
                        "  MIGRATOR_URL, MIGRATOR_USER, MIGRATOR_PASSWORD stand in for the options; without any password,"
                                + " the pgpass file (PGPASSFILE or ~/.pgpass) is asked."));
        return line.setExecutionStrategy(MigratorCommand::withLog).execute(arguments);
    }

    /** The commands with all their options. */
    static CommandLine line(Shell shell) {
        return new MigratorCommand(shell, groups -> new DescribedMigrator(shell, groups)).line();
    }

    /** The log is the command's own here; where it runs in an application, that is configured already. */
    private static int withLog(ParseResult parsed) {
        ParseResult command = parsed;
        while (command.hasSubcommand()) {
            command = command.subcommand();
        }
        new LogLevel(command.hasMatchedOption("--verbose")).set();
        return new RunLast().execute(parsed);
    }

    /**
     * Runs the command that the arguments name, on the migrators that an application has.
     *
     * @return the exit code
     */
    static int run(Shell shell, Supplier<Map<String, Migrator>> migrators, String... arguments) {
        CommandLine line = new MigratorCommand(shell, groups -> new ApplicationMigrators(migrators)).line();
        line.setCommandName("migrations");
        describe(line, spec -> spec.usageMessage()
                .footerHeading("%nConfiguration:%n")
                .footer(
                        "  the application's own, from where it has it. An argument with a dot before its = is one of its"
                                + " properties, as --migrator.target=12 or --spring.profiles.active=prod."));
        return line.execute(arguments.length == 0 ? new String[] {"--help"} : arguments);
    }

    private static void describe(CommandLine line, Consumer<CommandSpec> words) {
        words.accept(line.getCommandSpec());
        line.getSubcommands().values().forEach(command -> describe(command, words));
    }

    private CommandLine line() {
        CommandLine line = new CommandLine(this);
        line.addSubcommand(command(
                MigrateCommand::new,
                new PlanOptions(),
                new ConnectOptions(),
                new LockOptions(),
                new LimitOptions(),
                new BackupBeforeOptions()));
        line.addSubcommand(command(StatusCommand::new, new PlanOptions()));
        line.addSubcommand(command(ValidateCommand::new, new PlanOptions()));
        line.addSubcommand(command(
                RollbackCommand::new,
                new LocationOptions(),
                new ScriptOptions(),
                new ConnectOptions(),
                new LockOptions(),
                new LimitOptions(),
                new BackupBeforeOptions()));
        line.addSubcommand(
                command(BaselineCommand::new, new BaselineOptions(), new ConnectOptions(), new LockOptions()));
        line.addSubcommand(command(
                RepairCommand::new,
                new LocationOptions(),
                new ScriptOptions(),
                new ConnectOptions(),
                new LockOptions()));
        line.addSubcommand(
                command(BackupCommand::new, new ConnectOptions(), new LockOptions(), new BackupFolderOptions())
                        .addSubcommand(command(BackupListCommand::new, new BackupFolderOptions()))
                        .addSubcommand(command(BackupVerifyCommand::new, new BackupFolderOptions())));
        line.addSubcommand(
                command(RestoreCommand::new, new ConnectOptions(), new LockOptions(), new BackupFolderOptions()));
        line.addSubcommand(new CreateCommand(shell, Path.of("")));
        return line.setOut(new PrintWriter(shell.out(), true))
                .setErr(new PrintWriter(shell.err(), true))
                .setCaseInsensitiveEnumValuesAllowed(true)
                // a password may begin with @
                .setExpandAtFiles(false)
                .setParameterExceptionHandler(new UsageErrors())
                .setExecutionExceptionHandler(new FailureHandler(shell));
    }

    /** A command, with the options that describe its migrator where no application has it. */
    private CommandLine command(BiFunction<Shell, MigratorSource, DatabaseCommand> command, BuilderOptions... groups) {
        MigratorSource source = sources.of(List.of(groups));
        CommandSpec spec = CommandSpec.forAnnotatedObject(command.apply(shell, source));
        source.addOptionsTo(spec);
        return new CommandLine(spec);
    }
}
