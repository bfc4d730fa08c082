package dev.migrator.backup;

/**
 * Takes backups by another way than {@code pg_dump}: a snapshot of a cloud's disk, say. It is asked under the migration lock,
 * when something is about to run.
 */
@FunctionalInterface
public interface Backup {

    /**
     * Takes a backup, and returns when it is complete.
     *
     * @throws Exception if there is none; then nothing runs
     */
    TakenBackup take(BackupRequest request) throws Exception;
}
