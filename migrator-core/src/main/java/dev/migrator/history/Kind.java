package dev.migrator.history;

/** What sort of thing a row tells of. */
public enum Kind {
    VERSIONED,
    REPEATABLE,
    ROLLBACK,
    BASELINE,
    ADOPTED,
    REPAIR,
    RESTORE;

    /** As it stands in the table, and as it is shown: in lower case. */
    public String code() {
        return StoredWord.of(this);
    }

    static Kind of(String code) {
        return StoredWord.constant(Kind.class, "kind", code);
    }
}
