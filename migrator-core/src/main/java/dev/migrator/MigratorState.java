package dev.migrator;

/** How a migrator stands, in one word. */
public enum MigratorState {
    /** It has not run yet, or something is pending. */
    PENDING,
    /** It runs now. */
    RUNNING,
    /** Everything that was found is applied. */
    SUCCEEDED,
    /** The last run ended with a failure. */
    FAILED
}
