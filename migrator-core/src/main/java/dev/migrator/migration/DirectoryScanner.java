package dev.migrator.migration;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files below a directory; symbolic links are followed, as ConfigMaps in Kubernetes are made of them. What lies in
 * hidden directories is passed over.
 *
 * <p>It asks {@link File}, which a cold JVM has loaded; {@code java.nio.file} would take it some 30 classes more. What a
 * {@code File} cannot tell is left to the {@link PathScanner}.
 */
final class DirectoryScanner {

    /** Stands in a name that the JVM's locale cannot write, as in a container without LANG. */
    private static final char UNREADABLE = '\uFFFD';

    private final Consumer<Script> found;
    private final Set<String> above = new HashSet<>();

    private DirectoryScanner(Consumer<Script> found) {
        this.found = found;
    }

    /** Tells of every file below the directory, and says whether it is a directory at all. */
    static boolean scan(File directory, Consumer<Script> found) throws IOException {
        if (!directory.isDirectory()) {
            return PathScanner.scan(directory.toPath(), "", found);
        }
        new DirectoryScanner(found).scan(directory, "");
        return true;
    }

    private void scan(File directory, String prefix) throws IOException {
        String[] names = directory.list();
        String place = directory.getCanonicalPath();
        boolean[] files = names == null ? null : files(directory, names);
        if (names == null || files == null || !above.add(place)) {
            PathScanner.scan(directory.toPath(), prefix, found);
            return;
        }
        for (int i = 0; i < names.length; i++) {
            File file = new File(directory, names[i]);
            if (files[i]) {
                found.accept(new Script(prefix + names[i], file.getPath(), new FileSource(file)));
            } else if (!names[i].startsWith(".")) {
                scan(file, prefix + names[i] + "/");
            }
        }
        above.remove(place);
    }

    /** Which of them are files, where the others are folders; null if there is anything else. */
    private static boolean @Nullable [] files(File directory, String[] names) {
        boolean[] files = new boolean[names.length];
        for (int i = 0; i < names.length; i++) {
            File file = new File(directory, names[i]);
            files[i] = file.isFile();
            if (!files[i] && !file.isDirectory() || names[i].indexOf(UNREADABLE) >= 0) {
                return null;
            }
        }
        return files;
    }

    private record FileSource(File file) implements ScriptSource {

        @Override
        public InputStream open() throws IOException {
            return new FileInputStream(file);
        }
    }
}
