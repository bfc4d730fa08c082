package dev.migrator.run;

import dev.migrator.backup.BackupFile;
import dev.migrator.backup.BackupFiles;
import dev.migrator.backup.BackupOptions;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a database's dumps are, and how the programs log in that restore them.
 *
 * @param password the role's, or null where the URL has it, or {@code PGPASSWORD} or a pgpass file
 */
public record BackupSource(BackupOptions options, @Nullable String password) {

    /** The file that is meant: a given one, or the database's newest. */
    Path file(@Nullable Path given, String database) {
        if (given != null) {
            return given;
        }
        try {
            BackupFile latest = new BackupFiles(options.directory()).latest(database);
            if (latest != null) {
                return latest.path();
            }
        } catch (IOException e) {
            throw new ConfigurationException(
                    "The folder of backups cannot be read: " + e,
                    RestoreRun.UNTOUCHED,
                    "Name the file, or the right folder with migrator.backup.directory.",
                    e);
        }
        throw new ConfigurationException(
                "There is no backup of the database " + database + " in "
                        + options.directory().toAbsolutePath() + ".",
                RestoreRun.UNTOUCHED,
                "Name the file, or the right folder with migrator.backup.directory.",
                null);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "BackupSource[" + options + "]";
    }
}
