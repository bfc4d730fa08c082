package dev.migrator.page;

import dev.migrator.MigrationInfo;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** In which line of a migration's script its error is. */
final class ErrorLine {

    /** As the history has it: {@code 42601 syntax error at script:line:column}. */
    private static final Pattern LINE = Pattern.compile(":(\\d{1,9})(?::\\d{1,9})?$");

    private ErrorLine() {}

    /** From 1; 0 where that is not known. */
    static int of(MigrationInfo migration) {
        String error = migration.error();
        if (error == null) {
            return 0;
        }
        int at = error.lastIndexOf(migration.script() + ":");
        if (at < 0) {
            return 0;
        }
        Matcher line = LINE.matcher(error);
        return line.find(at + migration.script().length()) ? Integer.parseInt(line.group(1)) : 0;
    }
}
