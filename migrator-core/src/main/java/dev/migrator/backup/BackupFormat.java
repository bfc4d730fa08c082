package dev.migrator.backup;

/** The form of a dump, which is one of {@code pg_dump}'s. */
public enum BackupFormat {
    /** One compressed file. */
    CUSTOM,
    /** A folder with a compressed file for each table, written by several jobs at once. */
    DIRECTORY
}
