package dev.migrator.cli;

import dev.migrator.run.ConfigurationException;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The file into which a report goes: it is there as a whole, or as it was. */
record ReportFile(Path path) {

    /**
     * Makes sure that it can be one, before anything else is done.
     *
     * @throws ConfigurationException if it is none
     */
    void check() {
        if (path.toString().equals("-")) {
            throw failed(
                    "The report cannot be written to standard output, where the answer goes.", "Name a file.", null);
        }
        Path folder = folder();
        if (!Files.isDirectory(folder)) {
            throw failed(
                    "The report cannot be written to " + path + ": there is no folder " + folder + ".",
                    "Make the folder, or name another file.",
                    null);
        }
        if (Files.isDirectory(path)) {
            throw failed("The report cannot be written to " + path + ": it is a folder.", "Name a file in it.", null);
        }
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(path)) {
            // to replace /dev/null is no favour
            throw failed(
                    "The report cannot be written to " + path + ": it is no ordinary file, nor a link to one.",
                    "Name another file.",
                    null);
        }
    }

    /**
     * Writes it, in UTF-8; one that is there already is replaced at once, and whoever could read that one can read this one. Of
     * a link it is the file behind it.
     *
     * @throws ConfigurationException if it cannot be written
     */
    void write(String html) {
        Path unfinished = null;
        try {
            Path file = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
            unfinished = Files.createFile(
                    file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp"),
                    permissions(file));
            Files.writeString(unfinished, html);
            move(unfinished, file);
        } catch (IOException e) {
            try {
                if (unfinished != null) {
                    Files.deleteIfExists(unfinished);
                }
            } catch (IOException left) {
                e.addSuppressed(left);
            }
            throw failed(
                    "The report cannot be written to " + path + ": " + e,
                    "Mend the folder, its permissions or the disk, or name another file.",
                    e);
        }
    }

    /** Of the file that is there: not everybody is to read an error. */
    private static FileAttribute<?>[] permissions(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        return view == null || !Files.exists(file)
                ? new FileAttribute<?>[0]
                : new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(view.readAttributes().permissions())
                };
    }

    private static void move(Path unfinished, Path file) throws IOException {
        try {
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private Path folder() {
        Path parent = path.toAbsolutePath().getParent();
        return parent == null ? path.toAbsolutePath() : parent;
    }

    private static ConfigurationException failed(String description, String action, @Nullable Throwable cause) {
        return new ConfigurationException(description, "it was only read, if at all, and is as it was.", action, cause);
    }
}
