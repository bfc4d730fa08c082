package dev.migrator.migration;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the name of a script says that may be a callback: {@code event.sql} or {@code event__description.sql}. */
final class CallbackName {

    /** As all of Flyway's are called, those to come included. */
    private static final Pattern ANY = Pattern.compile("(before|after)[A-Z][A-Za-z]*|createSchema");

    private CallbackName() {}

    /** The event, or null if the name is no callback's. */
    static @Nullable CallbackEvent event(String path) {
        return CallbackEvent.of(word(path));
    }

    /** What is wrong with the name if it is meant as a callback's; null if it is not. */
    static @Nullable String mistake(String path, String origin) {
        String word = word(path);
        for (CallbackEvent event : CallbackEvent.values()) {
            if (event.word().equalsIgnoreCase(word)) {
                return "The name of " + origin + " is written otherwise than the callback's that it seems to be, "
                        + event.word() + ": capitals matter.";
            }
        }
        return ANY.matcher(word).matches()
                ? origin + " has the name of a callback, " + word + ", that Migrator does not know. It knows " + known()
                        + "."
                : null;
    }

    static String file(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String word(String path) {
        String file = file(path);
        String stem = file.endsWith(".sql") ? file.substring(0, file.length() - ".sql".length()) : file;
        int separator = stem.indexOf("__");
        return separator < 0 ? stem : stem.substring(0, separator);
    }

    private static String known() {
        return Arrays.stream(CallbackEvent.values()).map(CallbackEvent::word).collect(Collectors.joining(", "));
    }
}
