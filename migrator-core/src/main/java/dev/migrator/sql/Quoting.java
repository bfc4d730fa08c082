package dev.migrator.sql;

import org.jspecify.annotations.Nullable;

/** Writes names and values into SQL text, so that nothing in them can end the quotes. */
public final class Quoting {

    private Quoting() {}

    /** An identifier in double quotes. */
    public static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /**
     * A string literal, {@code NULL} for null. A backslash makes it an {@code E''} literal, which means the same whatever
     * {@code standard_conforming_strings} says ("String Constants" in PostgreSQL's manual). A NUL, which no text in
     * PostgreSQL can hold, becomes U+FFFD.
     */
    public static String literal(@Nullable String value) {
        if (value == null) {
            return "NULL";
        }
        String quoted = value.replace('\0', '\uFFFD').replace("'", "''");
        return quoted.indexOf('\\') < 0 ? "'" + quoted + "'" : "E'" + quoted.replace("\\", "\\\\") + "'";
    }
}
