package dev.migrator.cli;

import dev.migrator.run.ExitCode;
import java.io.PrintWriter;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says what is wrong with the arguments, and how the command is used. Of arguments that are not understood only the names
 * of options are repeated: the rest may be a password.
 */
final class UsageErrors implements IParameterExceptionHandler {

    private static final String PASSWORD = "--password";

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        CommandLine line = e.getCommandLine();
        PrintWriter err = line.getErr();
        err.println(e instanceof UnmatchedArgumentException unmatched ? describe(unmatched) : e.getMessage());
        UnmatchedArgumentException.printSuggestions(e, err);
        if (line.getParent() == null) {
            line.usage(err);
        } else {
            err.println("Usage: " + line.getHelp().synopsis("Usage: ".length()).stripTrailing());
            err.println("More: " + line.getCommandSpec().qualifiedName() + " --help");
        }
        return ExitCode.WRONG_USAGE.value();
    }

    private static String describe(UnmatchedArgumentException e) {
        String options = e.getUnmatched().stream()
                .filter(argument -> argument.startsWith("-"))
                .map(UsageErrors::name)
                .collect(Collectors.joining(", "));
        return options.isEmpty() ? "There is an argument that belongs to no option." : "Unknown option: " + options;
    }

    private static String name(String argument) {
        if (!argument.startsWith("--")) {
            return argument.substring(0, Math.min(2, argument.length()));
        }
        return argument.startsWith(PASSWORD) ? PASSWORD + "…" : argument.split("=", 2)[0];
    }
}
