package dev.migrator.plan;

import org.jspecify.annotations.Nullable;

/**
 * A reason not to run.
 *
 * @param kind what sort of problem it is
 * @param script the script or class it concerns, or null
 * @param message what is wrong and where, in one sentence
 * @param action what to do about it, in one sentence
 */
public record Problem(Kind kind, @Nullable String script, String message, String action) {

    /** The sorts of problems that validation finds. */
    public enum Kind {
        /** The text is not the one that was applied. */
        CHANGED,
        /** The history has an applied version that is not found here, though higher ones are. */
        MISSING,
        /** A pending version is lower than one that is applied. */
        OUT_OF_ORDER,
        /** Two migrations have one version, or two repeatables one description. */
        DUPLICATE,
        /** A {@code .sql} file whose name says neither version nor repeatable, nor a callback that is known. */
        UNKNOWN_FILE,
        /** A location that does not exist. */
        LOCATION,
        /** The script cannot be read: its encoding, a directive, a syntax that has no end. */
        UNREADABLE,
        /** A callback that cannot run where it would have to. */
        CALLBACK,
        /** A placeholder has no value, or one that cannot stand where it is. */
        PLACEHOLDER,
        /** Something runs outside of a transaction, and a pooler lends sessions for transactions only. */
        NEEDS_SESSION,
        /** The database has tables but no history. */
        NOT_EMPTY,
        /** Nothing knows how to take a version back. */
        NO_ROLLBACK,
        /** A rollback was begun and not brought to its end. */
        ROLLBACK_UNFINISHED,
        /** Migrations are pending where this instance may not run them. */
        PENDING
    }
}
