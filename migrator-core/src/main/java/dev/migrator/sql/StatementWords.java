package dev.migrator.sql;

import org.jspecify.annotations.Nullable;

/** The words of one statement, read from left to right; comments and white space between them do not count. */
final class StatementWords {

    private final String text;
    private int at;

    StatementWords(String text) {
        this.text = text;
    }

    /** What has not been read yet. */
    String rest() {
        return text.substring(at);
    }

    /** Passes what stands in parentheses, if they come next, and returns it; otherwise it is empty. */
    String parentheses() {
        skipGap();
        if (at == text.length() || text.charAt(at) != '(') {
            return "";
        }
        int end = text.indexOf(')', at);
        String inside = text.substring(at + 1, end < 0 ? text.length() : end);
        at = end < 0 ? text.length() : end + 1;
        return inside;
    }

    /** A name with its schema, as it is written but for the gaps in it; null if none comes next. */
    @Nullable
    String name() {
        StringBuilder name = new StringBuilder();
        do {
            skipGap();
            int start = at;
            if (identifier() == null) {
                return null;
            }
            name.append(name.isEmpty() ? "" : ".").append(text, start, at);
        } while (skippedDot());
        return name.toString();
    }

    private boolean skippedDot() {
        return skipped('.');
    }

    /** Passes a comma, if it comes next. */
    boolean skippedComma() {
        return skipped(',');
    }

    private boolean skipped(char mark) {
        int before = at;
        skipGap();
        if (at < text.length() && text.charAt(at) == mark) {
            at++;
            return true;
        }
        at = before;
        return false;
    }

    /** Passes all up to the next comma that stands in no parentheses and in no quotes, and that comma; false if there is none. */
    boolean skippedBehindComma() {
        int depth = 0;
        for (skipGap(); at < text.length(); skipGap()) {
            char c = text.charAt(at);
            if (c == '"' || c == '\'') {
                int end = text.indexOf(c, at + 1);
                at = end < 0 ? text.length() : end + 1;
                continue;
            }
            at++;
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                return true;
            }
        }
        return false;
    }

    /** Passes that keyword, if it comes next. */
    boolean skipped(String word) {
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

    /**
     * An identifier as the catalog has it, quoted or not; null if none comes next that is understood. PostgreSQL makes only ASCII
     * letters small ("Identifiers and Key Words" in its manual; downcase_identifier).
     */
    @Nullable
    String identifier() {
        skipGap();
        if (at < text.length() && text.charAt(at) == '"') {
            return quoted();
        }
        int start = at;
        while (at < text.length() && isWord(text.charAt(at))) {
            at++;
        }
        boolean escaped = text.startsWith("&\"", at);
        return at == start || escaped ? null : small(text.substring(start, at));
    }

    private static String small(String identifier) {
        StringBuilder small = new StringBuilder(identifier);
        for (int i = 0; i < small.length(); i++) {
            char c = small.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                small.setCharAt(i, (char) (c + ('a' - 'A')));
            }
        }
        return small.toString();
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
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '$' || c > 127;
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
