package dev.migrator.sql;

import org.jspecify.annotations.Nullable;

/**
 * One statement of a script.
 *
 * @param number counts the script's statements from 1. Those that {@linkplain Kind#controlsTransaction() control a transaction}
 *     do not count and have number 0: segments, checkpoints and "statement 3 of 7" speak of the work that is done
 * @param kind what it means for the transaction around it
 * @param chain whether it is a COMMIT or ROLLBACK {@code AND CHAIN}: the next transaction begins with the options of this one
 * @param text what is sent: from the first token up to the semicolon, which is not in it, with placeholders replaced; comments
 *     inside are kept, and so are line ends as they stand in the script. Where the last semicolon is missing, white space at the
 *     script's end is left away
 * @param replaced how it stands in the script; null if nothing in it was replaced
 * @param before what stands before it in its first line; only the last 120 bytes of that in a long line
 * @param line the line of its first token, from 1; LF, CRLF and a lone CR end a line
 * @param column the column of its first token, from 1, in characters (code points; a tab is one)
 * @param start the offset of its first byte in the script
 * @param end the offset behind its semicolon, or the script's length where the last semicolon is missing
 */
public record Statement(
        int number,
        Kind kind,
        boolean chain,
        String text,
        @Nullable SourceText replaced,
        String before,
        int line,
        int column,
        long start,
        long end) {

    /** The statement as it stands in the script. Unlike its text it holds no placeholder's value, which may be a secret. */
    public String source() {
        return replaced == null ? text : replaced.text();
    }

    /**
     * Where a character of the text stands in the script.
     *
     * @param character as the server counts in an error's position: from 1, in characters (code points), not bytes or UTF-16
     *     units ("Error and Notice Message Fields" in the documentation of the protocol); what lies outside the text is taken as
     *     its nearest end
     */
    public Position positionAt(int character) {
        String source = source();
        int target = target(character);
        int lines = 0;
        int lineStart = 0;
        for (int at = 0; at < target; at++) {
            if (endsLine(source, at)) {
                lines++;
                lineStart = at + 1;
            }
        }
        int lineEnd = lineStart;
        while (lineEnd < source.length() && source.charAt(lineEnd) != '\n' && source.charAt(lineEnd) != '\r') {
            lineEnd++;
        }
        String lineText = source.substring(lineStart, lineEnd);
        int into = source.codePointCount(lineStart, Math.min(target, lineEnd));
        if (lines > 0) {
            return new Position(line + lines, into + 1, lineText, into);
        }
        int known = before.codePointCount(0, before.length());
        return new Position(line, column + into, before + lineText, known + into);
    }

    /** The line of that character, as in {@link #positionAt}, with a caret under it. */
    public String excerpt(int character) {
        return positionAt(character).excerpt();
    }

    private int target(int character) {
        int length = text.codePointCount(0, text.length());
        int target = text.offsetByCodePoints(0, Math.max(0, Math.min(character - 1, length)));
        return replaced == null ? target : replaced.indexOf(target);
    }

    private static boolean endsLine(String text, int at) {
        char c = text.charAt(at);
        return c == '\n' || c == '\r' && !(at + 1 < text.length() && text.charAt(at + 1) == '\n');
    }
}
