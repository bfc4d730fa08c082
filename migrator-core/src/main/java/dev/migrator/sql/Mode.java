package dev.migrator.sql;

/** How the statements of a segment are executed. */
public enum Mode {
    /** All of them in one transaction. */
    TRANSACTION,
    /** Each by itself, in no transaction block. */
    NONE
}
