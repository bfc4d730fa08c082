package dev.migrator.sql;

/**
 * A place in the script while it is read. Its column is counted only when it is asked for, or when the bytes of its line are
 * about to leave the buffer: most places are remembered in case something is never closed, and forgotten again.
 */
final class Place {

    private int line = 1;
    private long lineStart;
    private long offset;
    private int column = 1;
    private long counted;

    int line() {
        return line;
    }

    long lineStart() {
        return lineStart;
    }

    long offset() {
        return offset;
    }

    /** Valid once it is {@linkplain #settle settled}. */
    int column() {
        return column;
    }

    void set(Place line, long offset) {
        this.line = line.line;
        this.lineStart = line.lineStart;
        this.column = line.column;
        this.counted = line.counted;
        this.offset = offset;
    }

    void moveTo(long newOffset) {
        offset = newOffset;
    }

    void startNextLine(long newOffset) {
        line++;
        startLine(newOffset);
    }

    void startLine(long newOffset) {
        lineStart = newOffset;
        offset = newOffset;
        counted = newOffset;
        column = 1;
    }

    /** Counts the column, from the bytes of a buffer that begins at the given offset of the script. */
    void settle(byte[] buffer, long base) {
        int end = (int) (offset - base);
        for (int at = (int) (counted - base); at < end; at++) {
            if (!Utf8.continues(buffer[at])) {
                column++;
            }
        }
        counted = offset;
    }
}
