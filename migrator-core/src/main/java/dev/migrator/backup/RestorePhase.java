package dev.migrator.backup;

/** What a restore, or the trial of a dump, is doing. */
public enum RestorePhase {
    /** Looks whether everything that it needs is there. */
    CHECKING,
    /** Restores the dump into a new database. */
    RESTORING,
    /** Compares what was restored with the dump, and gathers statistics for the planner. */
    COMPARING,
    /** Gives the new database the name. */
    SWAPPING
}
