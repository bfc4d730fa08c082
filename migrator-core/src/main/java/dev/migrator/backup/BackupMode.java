package dev.migrator.backup;

/** Whether a backup is taken before something runs. */
public enum BackupMode {
    /** Where it can be had, the database is not too large, and everything that it needs is there; else a line says why not. */
    AUTO,
    /** Without one nothing runs. */
    REQUIRED,
    /** Never. */
    OFF
}
