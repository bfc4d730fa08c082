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
        try {
            return valueOf(code.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(
                    "The history has a row of the state '" + code
                            + "', which this release of Migrator does not know: a newer one wrote it.",
                    e);
        }
    }
}
