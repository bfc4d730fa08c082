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

    /** The same in one line: each gap is a blank, and what is quoted stays as it is. */
    String restInOneLine() {
        int before = at;
        StringBuilder line = new StringBuilder();
        skipGap();
        while (at < text.length()) {
            int start = at;
            skipToken();
            line.append(text, start, at);
            int end = at;
            skipGap();
            line.append(end < at && at < text.length() ? " " : "");
        }
        at = before;
        return line.toString();
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

    /** Passes that mark, if it comes next. */
    boolean skipped(char mark) {
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
            skipToken();
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                return true;
            }
        }
        return false;
    }

    /** Passes all up to that keyword where it stands in no quotes, and the keyword; false if there is none. */
    boolean skippedBehind(String word) {
        for (skipGap(); at < text.length(); skipGap()) {
            if (skipped(word)) {
                return true;
            }
            skipToken();
        }
        return false;
    }

    /** Passes a word, a string, something else that is quoted, or one other character. */
    private void skipToken() {
        char c = text.charAt(at);
        if (c == '"' || c == '\'') {
            skipBehind(String.valueOf(c), at + 1);
        } else if (c == '$') {
            skipDollarQuote();
        } else if (isWord(c)) {
            skipWord();
        } else {
            at++;
        }
    }

    /** With the string that may belong to it. */
    private void skipWord() {
        int start = at;
        while (at < text.length() && isWord(text.charAt(at))) {
            at++;
        }
        if (text.startsWith("'", at) && at == start + 1 && Character.toLowerCase(text.charAt(start)) == 'e') {
            for (at++; at < text.length() && text.charAt(at) != '\''; at++) {
                at += text.charAt(at) == '\\' ? 1 : 0;
            }
            at = Math.min(at + 1, text.length());
        }
    }

    private void skipDollarQuote() {
        int mark = at + 1;
        while (mark < text.length() && text.charAt(mark) != '$' && isWord(text.charAt(mark))) {
            mark++;
        }
        if (text.startsWith("$", mark)) {
            skipBehind(text.substring(at, mark + 1), mark + 1);
        } else {
            at++;
        }
    }

    private void skipBehind(String mark, int from) {
        int end = text.indexOf(mark, from);
        at = end < 0 ? text.length() : end + mark.length();
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
