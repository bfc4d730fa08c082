package dev.migrator.migration;

import java.util.List;

/**
 * What there is to run.
 *
 * @param migrations in no order; two may claim one version
 * @param callbacks in the order in which those of one event run
 * @param issues what is in the locations and cannot be used
 * @param notes what is worth knowing and no problem
 */
public record Found(List<Migration> migrations, List<Callback> callbacks, List<Issue> issues, List<String> notes) {

    /** Without callbacks. */
    public Found(List<Migration> migrations, List<Issue> issues, List<String> notes) {
        this(migrations, List.of(), issues, notes);
    }

    public Found {
        migrations = List.copyOf(migrations);
        callbacks = List.copyOf(callbacks);
        issues = List.copyOf(issues);
        notes = List.copyOf(notes);
    }

    /** Something in a location that cannot be used. */
    public record Issue(Kind kind, String where, String message) {

        /** Why not. */
        public enum Kind {
            /** The location itself does not exist. */
            NO_LOCATION,
            /** A name that has none of the known forms. */
            UNKNOWN_NAME,
            /** A name that is meant as a callback's, and is not one that is known. */
            UNKNOWN_CALLBACK,
            /** It cannot be read. */
            UNREADABLE,
            /** A line of a {@code <script>.conf} that is not understood. */
            CONF,
            /** A class among the migrations that cannot be made one. */
            JAVA_CLASS,
            /** Two rollback scripts take back one version. */
            DUPLICATE
        }
    }
}
