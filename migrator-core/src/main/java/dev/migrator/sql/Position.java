package dev.migrator.sql;

/**
 * A place in a script.
 *
 * @param line the line, from 1
 * @param column the column, from 1, in characters (code points; a tab is one)
 * @param lineText the line without its end, as far as the statement's text reaches; a long line's beginning may be missing
 * @param caret the index of the place's character in {@code lineText}, from 0, in code points
 */
public record Position(int line, int column, String lineText, int caret) {

    /** The line, cut to some 120 characters around the place, and under it a caret; two lines without a line end. */
    public String excerpt() {
        return Excerpt.of(lineText, caret);
    }
}
