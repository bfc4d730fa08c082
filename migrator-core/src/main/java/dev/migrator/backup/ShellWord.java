package dev.migrator.backup;

import java.util.regex.Pattern;

/** Writes a word of a command so that a POSIX shell reads it as one. */
final class ShellWord {

    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9_./:=@%+,-]+");

    private ShellWord() {}

    static String of(String text) {
        return HARMLESS.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
