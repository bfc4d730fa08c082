package dev.migrator.sql;

/**
 * A part of a script that is worth a colour.
 *
 * @param start the index of its first character
 * @param end the index behind its last one
 */
public record Token(Sort sort, int start, int end) {

    /** What sort of part. */
    public enum Sort {
        KEYWORD,
        /** Also the marks of a dollar quote. */
        STRING,
        NUMBER,
        COMMENT
    }
}
