package dev.migrator.sql;

/**
 * One statement of a script.
 *
 * @param number counts the script's statements from 1. Those that {@linkplain Kind#controlsTransaction() control a transaction}
 *     do not count and have number 0: segments, checkpoints and "statement 3 of 7" speak of the work that is done
 * @param kind what it means for the transaction around it
 * @param chain whether it is a COMMIT or ROLLBACK {@code AND CHAIN}: the next transaction begins with the options of this one
 * @param text from the first token up to the semicolon, which is not in it; comments inside are kept, and so are line ends as
 *     they stand in the script. Where the last semicolon is missing, white space at the script's end is left away
 * @param before what stands before it in its first line; only the last 120 bytes of that in a long line
 * @param line the line of its first token, from 1; LF, CRLF and a lone CR end a line
 * @param column the column of its first token, from 1, in characters (code points; a tab is one)
 * @param start the offset of its first byte in the script
 * @param end the offset behind its semicolon, or the script's length where the last semicolon is missing
 */
public record Statement(
        int number, Kind kind, boolean chain, String text, String before, int line, int column, long start, long end) {

    /**
     * Where a character of the text stands in the script.
     *
     * @param character as the server counts in an error's position: from 1, in characters (code points), not bytes or UTF-16
     *     units ("Error and Notice Message Fields" in the documentation of the protocol); what lies outside the text is taken as
     *     its nearest end
     */
    public Position positionAt(int character) {
        int target = target(character);
        int lines = 0;
        int lineStart = 0;
        for (int at = 0; at < target; at++) {
            if (endsLine(at)) {
                lines++;
                lineStart = at + 1;
            }
        }
        int lineEnd = lineStart;
        while (lineEnd < text.length() && text.charAt(lineEnd) != '\n' && text.charAt(lineEnd) != '\r') {
            lineEnd++;
        }
        String lineText = text.substring(lineStart, lineEnd);
        int into = text.codePointCount(lineStart, Math.min(target, lineEnd));
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
        return text.offsetByCodePoints(0, Math.max(0, Math.min(character - 1, length)));
    }

    private boolean endsLine(int at) {
        char c = text.charAt(at);
        return c == '\n' || c == '\r' && !(at + 1 < text.length() && text.charAt(at + 1) == '\n');
    }
}
