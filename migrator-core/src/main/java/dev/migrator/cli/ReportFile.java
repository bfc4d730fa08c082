package dev.migrator.cli;

import dev.migrator.run.ConfigurationException;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
    }

    /**
     * Writes it, in UTF-8; one that is there already is replaced at once.
     *
     * @throws ConfigurationException if it cannot be written
     */
    void write(String html) {
        Path unfinished = folder().resolve("." + path.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            Files.writeString(unfinished, html);
            move(unfinished);
        } catch (IOException e) {
            try {
                Files.deleteIfExists(unfinished);
            } catch (IOException left) {
                e.addSuppressed(left);
            }
            throw failed(
                    "The report cannot be written to " + path + ": " + e,
                    "Mend the folder, its permissions or the disk, or name another file.",
                    e);
        }
    }

    private void move(Path unfinished) throws IOException {
        try {
            Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(unfinished, path, StandardCopyOption.REPLACE_EXISTING);
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
