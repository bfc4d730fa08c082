package dev.migrator.backup;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The dumps in the folder of backups, recognised by their names. Links are not followed, and are no dumps. */
public final class BackupFiles {

    private static final Comparator<Found> NEWEST_FIRST = Comparator.comparing(
                    (Found found) -> found.name().at())
            .thenComparing(found -> found.name().number())
            .reversed();

    private record Found(Path path, DumpName name) {}

    private final Path directory;

    /**
     * Looks into a folder, which need not exist.
     *
     * @param directory as in {@link BackupOptions#directory()}
     */
    public BackupFiles(Path directory) {
        this.directory = directory.toAbsolutePath();
    }

    /**
     * A database's dumps, the newest first.
     *
     * @param database its name
     * @throws IOException if the folder cannot be read
     */
    public List<BackupFile> list(String database) throws IOException {
        List<BackupFile> files = new ArrayList<>();
        for (Found found : find(database, false)) {
            boolean folder = Files.isDirectory(found.path(), LinkOption.NOFOLLOW_LINKS);
            files.add(new BackupFile(
                    found.path(),
                    found.name().occasion(),
                    found.name().at(),
                    FileTree.size(found.path()),
                    folder ? BackupFormat.DIRECTORY : BackupFormat.CUSTOM));
        }
        return files;
    }

    /**
     * A database's newest dump, or null if there is none.
     *
     * @throws IOException if the folder cannot be read
     */
    public @Nullable BackupFile latest(String database) throws IOException {
        List<BackupFile> files = list(database);
        return files.isEmpty() ? null : files.get(0);
    }

    /** What was begun for the database and not completed, or is being written now. */
    List<Path> unfinished(String database) throws IOException {
        return find(database, true).stream().map(Found::path).toList();
    }

    private List<Found> find(String database, boolean unfinished) throws IOException {
        List<Found> found = new ArrayList<>();
        if (!Files.isDirectory(directory)) {
            return found;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                String file = entry.getFileName().toString();
                DumpName name = unfinished ? DumpName.parseUnfinished(database, file) : DumpName.parse(database, file);
                if (name != null && isReal(entry)) {
                    found.add(new Found(entry, name));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        found.sort(NEWEST_FIRST);
        return found;
    }

    private static boolean isReal(Path entry) {
        return Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)
                || Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS);
    }
}
