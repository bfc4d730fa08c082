package dev.migrator.history;

import java.util.Locale;

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
        return name().toLowerCase(Locale.ROOT);
    }

    static Kind of(String code) {
        try {
            return valueOf(code.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(
                    "The history has a row of the kind '" + code
                            + "', which this release of Migrator does not know: a newer one wrote it.",
                    e);
        }
    }
}
