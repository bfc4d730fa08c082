package dev.migrator.sql;

import org.jspecify.annotations.Nullable;

/**
 * Whether a placeholder's value can be put where it stands without another split of the script: what is opened around it must
 * still be open behind it. Each answers what is wrong, or null.
 */
@FunctionalInterface
interface ValueFit {

    /** Inside of a string without escapes. */
    ValueFit STRING = value -> isDoubled(value, '\'')
            ? null
            : "holds a quote that would end the string in which it stands; double it, as ''";

    /** Inside of a string with backslash escapes. */
    ValueFit ESCAPE_STRING = value -> isEscaped(value)
            ? null
            : "holds a quote or a backslash that would end the string in which it stands, or not let it end; double it";

    /** Inside of a quoted identifier. */
    ValueFit QUOTED_NAME = value -> isDoubled(value, '"')
            ? null
            : "holds a double quote that would end the identifier in which it stands; double it, as \"\"";

    @Nullable
    String problem(String value);

    /** Inside of a dollar quote. A dollar at either end could form the closing mark with what stands beside it. */
    static ValueFit body(String mark) {
        return value -> value.contains(mark) || value.startsWith("$") || value.endsWith("$")
                ? "holds what would end the dollar quote in which it stands"
                : null;
    }

    private static boolean isDoubled(String value, char quote) {
        for (int at = value.indexOf(quote); at >= 0; at = value.indexOf(quote, at + 2)) {
            if (at + 1 == value.length() || value.charAt(at + 1) != quote) {
                return false;
            }
        }
        return true;
    }

    private static boolean isEscaped(String value) {
        for (int at = 0; at < value.length(); at++) {
            char c = value.charAt(at);
            if (c == '\\' || c == '\'') {
                at++;
                if (at == value.length() || c == '\'' && value.charAt(at) != '\'') {
                    return false;
                }
            }
        }
        return true;
    }
}
