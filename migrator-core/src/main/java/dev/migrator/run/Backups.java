package dev.migrator.run;

import dev.migrator.backup.Backup;
import dev.migrator.backup.BackupFile;
import dev.migrator.backup.BackupFiles;
import dev.migrator.backup.BackupOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a database is backed up, and where its dumps are.
 *
 * @param own takes backups in place of {@code pg_dump}, or null
 * @param password of the role that migrates, for PostgreSQL's own programs; null where the URL has it, or {@code PGPASSWORD} or a
 *     pgpass file
 */
public record Backups(
        BackupOptions options,
        @Nullable Backup own,
        @Nullable String password) {

    private static final String NAME_IT = "Name the file, or the right folder with migrator.backup.directory.";

    /** The file that is meant: a given one, or the database's newest. */
    Path file(@Nullable Path given, String database) {
        if (given != null) {
            return given;
        }
        List<BackupFile> newestFirst = list(database);
        if (!newestFirst.isEmpty()) {
            return newestFirst.get(0).path();
        }
        throw new ConfigurationException(
                "There is no backup of the database " + database + " in "
                        + options.directory().toAbsolutePath() + ".",
                RestoreRun.UNTOUCHED,
                NAME_IT,
                null);
    }

    /** The database's dumps, the newest first. */
    List<BackupFile> list(String database) {
        try {
            return new BackupFiles(options.directory()).list(database);
        } catch (IOException e) {
            throw new ConfigurationException(
                    "The folder of backups cannot be read: " + e, RestoreRun.UNTOUCHED, NAME_IT, e);
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "Backups[options=" + options + ", own=" + own + "]";
    }
}
