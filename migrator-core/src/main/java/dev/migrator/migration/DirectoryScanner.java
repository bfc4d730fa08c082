package dev.migrator.migration;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds the files below a directory; symbolic links are followed, as ConfigMaps in Kubernetes are made of them. What lies in
 * hidden directories is passed over.
 *
 * <p>It asks {@link File}, not {@code java.nio.file}: a cold JVM has the one loaded, and needs some 30 classes for the other.
 */
final class DirectoryScanner {

    private final Consumer<Script> found;
    private final Set<String> above = new HashSet<>();

    private DirectoryScanner(Consumer<Script> found) {
        this.found = found;
    }

    /** Tells of every file below the directory, and says whether it is a directory at all. */
    static boolean scan(File directory, Consumer<Script> found) throws IOException {
        if (!directory.isDirectory()) {
            // complains of a path that is none
            directory.toPath();
            return false;
        }
        new DirectoryScanner(found).scan(directory, "");
        return true;
    }

    private void scan(File directory, String prefix) throws IOException {
        String place = directory.getCanonicalPath();
        if (!above.add(place)) {
            throw new IOException(
                    "The directory " + directory + " is one of those that lie above it, by a symbolic link.");
        }
        for (String name : names(directory)) {
            File file = new File(directory, name);
            // told of what leads nowhere too, so that what reads it says why it cannot be read
            if (file.isFile() || !file.exists()) {
                found.accept(new Script(prefix + name, file.getPath(), new FileSource(file)));
            } else if (file.isDirectory() && !name.startsWith(".")) {
                scan(file, prefix + name + "/");
            }
        }
        above.remove(place);
    }

    private static String[] names(File directory) throws IOException {
        String[] names = directory.list();
        if (names == null) {
            // says why
            Files.newDirectoryStream(directory.toPath()).close();
            throw new IOException("The directory " + directory + " cannot be listed.");
        }
        return names;
    }

    private record FileSource(File file) implements ScriptSource {

        @Override
        public InputStream open() throws IOException {
            return new FileInputStream(file);
        }
    }
}
