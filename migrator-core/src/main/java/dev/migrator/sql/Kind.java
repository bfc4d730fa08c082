package dev.migrator.sql;

/** What a statement means for the transaction around it. */
public enum Kind {
    /** Runs in whatever transaction there is. */
    ORDINARY,
    /** {@code BEGIN} or {@code START TRANSACTION}, with or without options. */
    BEGIN,
    /** {@code COMMIT} or {@code END}. Not {@code COMMIT PREPARED}. */
    COMMIT,
    /** {@code ROLLBACK} or {@code ABORT}. Not {@code ROLLBACK TO}, which is ordinary, and not {@code ROLLBACK PREPARED}. */
    ROLLBACK,
    /** {@code PREPARE TRANSACTION}: takes the transaction away from the session. {@link ScriptScanner} refuses it. */
    PREPARE_TRANSACTION,
    /** The server refuses it in a transaction block (SQLSTATE 25001), as {@code CREATE INDEX CONCURRENTLY} or {@code VACUUM}. */
    OUTSIDE_TRANSACTION,
    /** {@code COPY … FROM STDIN}: its data follows in the script. */
    COPY_FROM_STDIN,
    /** {@code ALTER TYPE … ADD VALUE}: the new value can be used only after the transaction has been committed. */
    ADD_ENUM_VALUE;

    /** Whether it begins or ends a transaction. Such statements carry no number: a runner does not send them as they stand. */
    public boolean controlsTransaction() {
        return this == BEGIN || this == COMMIT || this == ROLLBACK || this == PREPARE_TRANSACTION;
    }
}
