package dev.migrator.create;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes files that do not exist yet: all of them, or none. */
final class NewFiles {

    /** What was made, the last first. */
    private final Deque<Path> made = new ArrayDeque<>();

    private NewFiles() {}

    /**
     * Writes them, in UTF-8, with the folders that they need.
     *
     * @throws CreateException if one exists, or cannot be written; what was written of the others is taken away again
     */
    static void write(Map<Path, String> texts) {
        NewFiles files = new NewFiles();
        texts.forEach(files::write);
    }

    private void write(Path file, String text) {
        try {
            makeFolders(file.toAbsolutePath().getParent());
            // made before it is written: a full disk leaves an empty one
            Files.createFile(file);
            made.push(file);
            Files.writeString(file, text, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw failed(
                    e.getFile() + " exists already, and is not overwritten.",
                    "Move it away, or choose another name.",
                    e);
        } catch (IOException e) {
            throw failed(file + " cannot be written: " + e, "Mend the folder, its permissions or the disk.", e);
        }
    }

    private void makeFolders(@Nullable Path folder) throws IOException {
        List<Path> missing = new ArrayList<>();
        for (Path each = folder; each != null && !Files.exists(each); each = each.getParent()) {
            missing.add(0, each);
        }
        for (Path each : missing) {
            Files.createDirectory(each);
            made.push(each);
        }
    }

    private CreateException failed(String description, String action, IOException cause) {
        List<Path> left = new ArrayList<>();
        for (Path each : made) {
            try {
                Files.deleteIfExists(each);
            } catch (IOException e) {
                cause.addSuppressed(e);
                left.add(each);
            }
        }
        return left.isEmpty()
                ? new CreateException(description + " Nothing was written.", action, cause)
                : new CreateException(
                        description + " What was written before could not be taken away again: " + left + ".",
                        "Delete " + left + ". " + action,
                        cause);
    }
}
