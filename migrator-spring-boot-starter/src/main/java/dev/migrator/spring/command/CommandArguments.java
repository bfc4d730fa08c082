package dev.migrator.spring.command;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The arguments of a process that is to run a command, {@code migrations migrate --json --spring.profiles.active=prod}.
 *
 * @param properties the application's properties among them, which have a dot before their =
 * @param command the command and its options
 */
record CommandArguments(List<String> properties, List<String> command) {

    private static final String WORD = "migrations";
    private static final Pattern PROPERTY = Pattern.compile("--[^=]*\\.[^=]*=.*", Pattern.DOTALL);

    /** Whether a process with these arguments is to run a command. */
    static boolean are(String... arguments) {
        return arguments.length > 0 && arguments[0].equals(WORD);
    }

    static CommandArguments of(String... arguments) {
        List<String> behindTheWord = Stream.of(arguments).skip(1).toList();
        return new CommandArguments(
                behindTheWord.stream().filter(CommandArguments::isProperty).toList(),
                behindTheWord.stream().filter(each -> !isProperty(each)).toList());
    }

    private static boolean isProperty(String argument) {
        return PROPERTY.matcher(argument).matches();
    }

    boolean verbose() {
        return command.contains("--verbose");
    }
}
