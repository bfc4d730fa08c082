package dev.migrator.backup;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** A dump under a temporary name, for its owner's eyes only from its first byte on, until it is complete and gets its own. */
final class UnfinishedDump {

    /** More dumps than a person or a program takes in one second. */
    private static final int MAX_NUMBER = 1000;

    private final Path directory;
    private final Path path;
    private final Path complete;
    private final BackupFormat format;

    private UnfinishedDump(Path directory, Path path, Path complete, BackupFormat format) {
        this.directory = directory;
        this.path = path;
        this.complete = complete;
        this.format = format;
    }

    /** Makes an empty file, or folder, whose final name is nobody else's. */
    static UnfinishedDump create(Path directory, DumpName wanted, BackupFormat format) throws IOException {
        for (DumpName name = wanted; name.number() <= MAX_NUMBER; name = name.next()) {
            Path path = directory.resolve(name.unfinishedFile());
            Path complete = directory.resolve(name.file());
            try {
                // who has the temporary name has the final one too, unless it was given away before
                make(path, format);
            } catch (FileAlreadyExistsException e) {
                continue;
            }
            if (!Files.exists(complete, LinkOption.NOFOLLOW_LINKS)) {
                return new UnfinishedDump(directory, path, complete, format);
            }
            Files.delete(path);
        }
        throw new FileAlreadyExistsException(directory.resolve(wanted.file()).toString());
    }

    private static void make(Path path, BackupFormat format) throws IOException {
        if (format == BackupFormat.DIRECTORY) {
            Files.createDirectory(path, permissions(path, "rwx------"));
        } else {
            Files.createFile(path, permissions(path, "rw-------"));
        }
    }

    /** A folder for dumps, with those above it; one that is there stays as it is. */
    static void makeDirectory(Path directory) throws IOException {
        // createDirectories would not take a link to a folder for one
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory, permissions(directory, "rwx------"));
        }
    }

    private static FileAttribute<?>[] permissions(Path path, String permissions) {
        return hasPermissions(path)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean hasPermissions(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    Path path() {
        return path;
    }

    long size() {
        try {
            return FileTree.size(path);
        } catch (IOException e) {
            return 0;
        }
    }

    /** Gives it its name, when all of it is on the disk. */
    Path complete() throws IOException {
        if (format == BackupFormat.DIRECTORY && hasPermissions(path)) {
            FileTree.walk(
                    path,
                    (file, attributes) ->
                            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------")));
        }
        FileTree.force(path);
        if (format == BackupFormat.DIRECTORY) {
            FileTree.forceEntries(path);
        }
        Files.move(path, complete, StandardCopyOption.ATOMIC_MOVE);
        FileTree.forceEntries(directory);
        return complete;
    }

    void delete() throws IOException {
        FileTree.delete(path);
    }
}
