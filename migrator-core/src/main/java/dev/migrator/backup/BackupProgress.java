package dev.migrator.backup;

/** Hears how far a dump has come, several times a second. */
@FunctionalInterface
public interface BackupProgress {

    /** Nobody listens. */
    BackupProgress NONE = (bytes, expectedBytes) -> {};

    /**
     * Something was written, or nothing for a while.
     *
     * @param bytes how much has been written
     * @param expectedBytes how much it can become, most often far too high since dumps are compressed; 0 if nobody knows
     */
    void on(long bytes, long expectedBytes);
}
