package dev.migrator.sql;

import java.util.List;

/**
 * A statement's text as it stands in the script, where placeholders make it another than what is sent.
 *
 * @param text with the placeholders
 * @param pieces in order; their indexes count UTF-16 units
 */
public record SourceText(String text, List<Piece> pieces) {

    /**
     * A placeholder.
     *
     * @param start the index of its dollar in the source
     * @param length of it in the source
     * @param sentStart the index at which its value stands in what is sent
     * @param sentLength the value's length
     */
    public record Piece(int start, int length, int sentStart, int sentLength) {}

    /** The index in the source that belongs to an index in what is sent: all of a value belongs to its placeholder's start. */
    public int indexOf(int sent) {
        int shift = 0;
        for (Piece piece : pieces) {
            if (sent < piece.sentStart()) {
                break;
            }
            if (sent < piece.sentStart() + piece.sentLength()) {
                return piece.start();
            }
            shift = piece.start() + piece.length() - piece.sentStart() - piece.sentLength();
        }
        return sent + shift;
    }
}
