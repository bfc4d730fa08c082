package dev.migrator.history;

/** What has become of it. */
public enum State {
    RUNNING,
    APPLIED,
    FAILED,
    INTERRUPTED,
    SKIPPED;

    /** As it stands in the table, and as it is shown: in lower case. */
    public String code() {
        return StoredWord.of(this);
    }

    static State of(String code) {
        return StoredWord.constant(State.class, "state", code);
    }
}
