package dev.migrator.sql;

/** A line of a script with a caret under one of its characters. */
final class Excerpt {

    /** How many characters of a line are shown; a longer one is cut on both sides of the caret. */
    static final int WIDTH = 120;

    private static final String CUT = "…";

    private Excerpt() {}

    /**
     * The line and the caret, as two lines without a line end.
     *
     * @param line the line's text, or that part of it which is known
     * @param caret the index of the character under which the caret stands, from 0, in code points; may be just behind the end
     */
    static String of(String line, int caret) {
        int length = line.codePointCount(0, line.length());
        int at = Math.min(caret, length);
        int from = length <= WIDTH ? 0 : Math.max(0, Math.min(at - WIDTH / 2, length - WIDTH));
        int to = Math.min(length, from + WIDTH);
        String before = (from > 0 ? CUT : "") + slice(line, from, at);
        String after = slice(line, at, to) + (to < length ? CUT : "");
        return before + after + '\n' + blank(before) + '^';
    }

    private static String slice(String line, int from, int to) {
        int start = line.offsetByCodePoints(0, from);
        return line.substring(start, line.offsetByCodePoints(start, to - from));
    }

    /** As wide as the text: tabs stay, so that the caret comes to stand where the character does. */
    private static String blank(String text) {
        StringBuilder blank = new StringBuilder(text.length());
        text.codePoints().forEach(character -> blank.append(character == '\t' ? '\t' : ' '));
        return blank.toString();
    }
}
