package dev.migrator.run;

/** What the migration lock is made of. */
public enum LockStrategy {
    /** A session-level advisory lock, which ends with its session; it needs a session of one's own. */
    ADVISORY,
    /** A lease in a table beside the history, which ends by its time; it works behind a transaction-pooling PgBouncer too. */
    TABLE,
    /** {@link #TABLE} behind a pooler, else {@link #ADVISORY}. */
    AUTO
}
