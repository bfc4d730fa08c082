package dev.migrator.history;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of a migration while it ran, as {@code details} keeps it: a text with a line for each, which people can read
 * too. {@code attempts 3}, {@code wait 4500 pid 4711 (psql)} and {@code statement 3 12 61000} (its number, its line or 0,
 * milliseconds).
 *
 * @param attempts how often it was tried in all
 * @param waits whom it waited for
 * @param statements those that took long, in order
 */
public record Sights(int attempts, List<Wait> waits, List<StatementTime> statements) {

    public Sights {
        waits = List.copyOf(waits);
        statements = List.copyOf(statements);
    }

    /** Somebody who kept it waiting, and for how many milliseconds. */
    public record Wait(String whom, long ms) {}

    /** A statement's number, its first line (0 if nobody knows) and how many milliseconds it took. */
    public record StatementTime(int statement, int line, long ms) {}

    /** Whether it is worth keeping. */
    public boolean isNothing() {
        return attempts < 2 && waits.isEmpty() && statements.isEmpty();
    }

    String text() {
        return Stream.of(
                        Stream.of("attempts " + attempts),
                        waits.stream().map(wait -> "wait " + wait.ms + " " + inOneLine(wait.whom)),
                        statements.stream()
                                .map(time -> "statement " + time.statement + " " + time.line + " " + time.ms))
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n"));
    }

    private static String inOneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }

    /** Reads the text; lines that a newer release may have written are passed over. */
    static @Nullable Sights parse(@Nullable String text) {
        if (text == null) {
            return null;
        }
        int attempts = 1;
        List<Wait> waits = new ArrayList<>();
        List<StatementTime> statements = new ArrayList<>();
        for (String line : text.split("\n")) {
            String[] words = line.split(" ", 3);
            try {
                switch (words[0]) {
                    case "attempts" -> attempts = Integer.parseInt(words[1]);
                    case "wait" -> waits.add(new Wait(words[2], Long.parseLong(words[1])));
                    case "statement" -> statements.add(statement(line.split(" ")));
                    default -> {}
                }
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                // somebody else has written it: nothing depends on it
            }
        }
        return new Sights(attempts, waits, statements);
    }

    private static StatementTime statement(String[] words) {
        return new StatementTime(Integer.parseInt(words[1]), Integer.parseInt(words[2]), Long.parseLong(words[3]));
    }
}
