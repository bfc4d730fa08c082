package dev.migrator.history;

import java.util.Locale;

/** What has become of it. */
public enum State {
    RUNNING,
    APPLIED,
    FAILED,
    INTERRUPTED,
    SKIPPED;

    /** As it stands in the table, and as it is shown: in lower case. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static State of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
