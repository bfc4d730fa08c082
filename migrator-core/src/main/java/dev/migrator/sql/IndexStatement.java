package dev.migrator.sql;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code CREATE INDEX CONCURRENTLY} says.
 *
 * @param name the index's name as the catalog has it, without a schema (it is the table's); null where PostgreSQL chooses one
 * @param table the table as it is written, with quotes and schema
 * @param definition all that follows the table: {@code USING btree (title)} and so on
 */
public record IndexStatement(boolean unique, @Nullable String name, String table, String definition) {

    /** Reads a statement; null if it is another one, or one that is not understood. */
    public static @Nullable IndexStatement parse(String statement) {
        return new Parser(statement).parse();
    }

    /** The words of one statement, read from left to right. */
    private static final class Parser {

        private final String text;
        private int at;

        Parser(String text) {
            this.text = text;
        }

        @Nullable
        IndexStatement parse() {
            if (!skipped("create")) {
                return null;
            }
            boolean unique = skipped("unique");
            if (!skipped("index") || !skipped("concurrently")) {
                return null;
            }
            if (skipped("if") && !(skipped("not") && skipped("exists"))) {
                return null;
            }
            String name = null;
            if (!skipped("on")) {
                name = identifier();
                if (name == null || !skipped("on")) {
                    return null;
                }
            }
            skipped("only");
            String table = table();
            return table == null ? null : new IndexStatement(unique, name, table, text.substring(at));
        }

        private @Nullable String table() {
            skipGap();
            int start = at;
            do {
                if (identifier() == null) {
                    return null;
                }
            } while (skippedDot());
            return text.substring(start, at);
        }

        private boolean skippedDot() {
            int before = at;
            skipGap();
            if (at < text.length() && text.charAt(at) == '.') {
                at++;
                return true;
            }
            at = before;
            return false;
        }

        private boolean skipped(String word) {
            skipGap();
            int end = at + word.length();
            if (end > text.length()
                    || !text.regionMatches(true, at, word, 0, word.length())
                    || end < text.length() && isWord(text.charAt(end))) {
                return false;
            }
            at = end;
            return true;
        }

        private @Nullable String identifier() {
            skipGap();
            if (at < text.length() && text.charAt(at) == '"') {
                return quoted();
            }
            int start = at;
            while (at < text.length() && isWord(text.charAt(at))) {
                at++;
            }
            return at == start ? null : text.substring(start, at).toLowerCase(Locale.ROOT);
        }

        private @Nullable String quoted() {
            StringBuilder name = new StringBuilder();
            for (at++; at < text.length(); at++) {
                if (text.charAt(at) != '"') {
                    name.append(text.charAt(at));
                } else if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
                    name.append('"');
                    at++;
                } else {
                    at++;
                    return name.toString();
                }
            }
            return null;
        }

        private static boolean isWord(char c) {
            return c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || c == '_'
                    || c == '$'
                    || c > 127;
        }

        private void skipGap() {
            while (at < text.length()) {
                if (Character.isWhitespace(text.charAt(at))) {
                    at++;
                } else if (text.startsWith("--", at)) {
                    int end = text.indexOf('\n', at);
                    at = end < 0 ? text.length() : end + 1;
                } else if (text.startsWith("/*", at)) {
                    skipComment();
                } else {
                    return;
                }
            }
        }

        private void skipComment() {
            int depth = 0;
            do {
                if (text.startsWith("/*", at)) {
                    depth++;
                    at += 2;
                } else if (text.startsWith("*/", at)) {
                    depth--;
                    at += 2;
                } else {
                    at++;
                }
            } while (depth > 0 && at < text.length());
        }
    }
}
