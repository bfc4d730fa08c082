package dev.migrator.migration;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Finds the files below a directory thoroughly: names that the JVM's locale cannot write, links that lead nowhere or in a circle,
 * folders that may not be entered. For the others the {@link DirectoryScanner} is faster in a cold JVM.
 */
final class PathScanner {

    private PathScanner() {}

    /**
     * Tells of every file below the directory, and says whether it is a directory at all.
     *
     * @param prefix what the paths of the scripts begin with
     */
    static boolean scan(Path directory, String prefix, Consumer<Script> found) throws IOException {
        if (!Files.isDirectory(directory)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
            files.filter(file -> Files.isRegularFile(file) || leadsNowhere(file))
                    .forEach(file -> found.accept(new Script(
                            prefix + slashed(directory.relativize(file)),
                            file.toString(),
                            () -> Files.newInputStream(file))));
        }
        return true;
    }

    /** Told of too, so that what reads it says why it cannot be read. */
    private static boolean leadsNowhere(Path file) {
        return Files.isSymbolicLink(file) && !Files.exists(file);
    }

    private static String slashed(Path relative) {
        String text = relative.toString();
        String separator = relative.getFileSystem().getSeparator();
        return "/".equals(separator) ? text : text.replace(separator, "/");
    }
}
