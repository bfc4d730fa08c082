package dev.migrator.cli;

import java.io.Console;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The terminal that the process was started on. */
record ConsoleTerminal(Console console) implements Terminal {

    private static final Pattern ROWS_AND_COLUMNS = Pattern.compile("\\d+ ([1-9]\\d{0,4})\\s*");

    /** The process's terminal, or null if its input or output is something else. */
    static @Nullable Terminal find() {
        Console console = System.console();
        return console != null && isTerminal(console) ? new ConsoleTerminal(console) : null;
    }

    /** Since JDK 22 there always is a console, which knows whether it is a terminal. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    @Override
    public @Nullable String readPassword(String prompt) {
        char[] password = console.readPassword("%s", prompt);
        return password == null || password.length == 0 ? null : new String(password);
    }

    @Override
    public @Nullable String readLine(String prompt) {
        return console.readLine("%s", prompt);
    }

    /** Asks {@code stty}: libraries that know the width also take ctrl-C from the JVM. */
    @Override
    public int width() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(Redirect.INHERIT)
                    .redirectError(Redirect.DISCARD)
                    .start();
            String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            Matcher size = ROWS_AND_COLUMNS.matcher(answer);
            return size.matches() ? Integer.parseInt(size.group(1)) : USUAL_WIDTH;
        } catch (IOException e) {
            return USUAL_WIDTH;
        }
    }
}
