package dev.migrator.run;

/** What a run is doing. */
public enum Phase {
    CONNECTING,
    WAITING_FOR_LOCK,
    BACKING_UP,
    RUNNING,
    FINISHED
}
