package dev.migrator.sql;

/** What the reader makes of a statement's form: its kind, and what it changes for the reading of what follows. */
enum Meaning {
    ORDINARY(Kind.ORDINARY),
    BEGIN(Kind.BEGIN),
    COMMIT(Kind.COMMIT),
    COMMIT_AND_CHAIN(Kind.COMMIT),
    ROLLBACK(Kind.ROLLBACK),
    ROLLBACK_AND_CHAIN(Kind.ROLLBACK),
    PREPARE_TRANSACTION(Kind.PREPARE_TRANSACTION),
    OUTSIDE_TRANSACTION(Kind.OUTSIDE_TRANSACTION),
    COPY_FROM_STDIN(Kind.COPY_FROM_STDIN),
    ADD_ENUM_VALUE(Kind.ADD_ENUM_VALUE),
    /** CREATE FUNCTION or PROCEDURE: its body may be {@code BEGIN ATOMIC … END}, with semicolons in it. */
    ROUTINE(Kind.ORDINARY),
    /** From here on a backslash in an ordinary string is an escape. */
    BACKSLASH_ESCAPES(Kind.ORDINARY),
    /** From here on it is not, which is the default. */
    STANDARD_STRINGS(Kind.ORDINARY),
    /** The same, by DISCARD ALL. */
    DISCARD_ALL(Kind.OUTSIDE_TRANSACTION);

    private final Kind kind;

    Meaning(Kind kind) {
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    boolean chain() {
        return this == COMMIT_AND_CHAIN || this == ROLLBACK_AND_CHAIN;
    }
}
