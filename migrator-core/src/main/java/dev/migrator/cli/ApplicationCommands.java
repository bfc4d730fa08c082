package dev.migrator.cli;

import dev.migrator.Migrator;
import dev.migrator.run.MigratorException;
import java.io.PrintStream;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The commands on the migrators of an application, as it has configured them: {@code java -jar app.jar migrations status}.
 * It needs picocli and the progress bar.
 */
public final class ApplicationCommands {

    private ApplicationCommands() {}

    /**
     * Runs the command that the arguments name, as the process's own: it answers on the process's standard output, whatever
     * {@link System#out} has become, and asks on its terminal.
     *
     * @param migrators by their names, in the order in which they run; asked for once, when the arguments have been
     *     understood. It may throw a {@link MigratorException}, which is told as any failure of the command
     * @param arguments the command's name and its options; none for the list of commands
     * @return the exit code, one of those of {@link dev.migrator.run.ExitCode}
     */
    public static int run(Supplier<Map<String, Migrator>> migrators, String... arguments) {
        return MigratorCommand.run(Shell.ofProcess(), migrators, arguments);
    }

    /** The same with other streams, and without a terminal. */
    public static int run(
            Supplier<Map<String, Migrator>> migrators, PrintStream out, PrintStream err, String... arguments) {
        return MigratorCommand.run(new Shell(System.getenv(), out, err, null), migrators, arguments);
    }

    /** The levels of our loggers, {@code off} or {@code warn}, that leave out of the log what a command says itself. */
    public static Map<String, String> logLevels() {
        return LogLevel.said();
    }
}
