package dev.migrator.migration;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Finds the files below a directory; symbolic links are followed, as ConfigMaps in Kubernetes are made of them. */
final class DirectoryScanner {

    private DirectoryScanner() {}

    static void scan(Path directory, Consumer<Script> found) throws IOException {
        try (Stream<Path> files = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
            files.filter(Files::isRegularFile)
                    .filter(file -> !isHidden(directory.relativize(file)))
                    .forEach(file -> found.accept(new Script(
                            slashed(directory.relativize(file)), file.toString(), () -> Files.newInputStream(file))));
        }
    }

    /** Kubernetes mounts a ConfigMap's files a second time below {@code ..data}. */
    private static boolean isHidden(Path relative) {
        for (Path element : relative) {
            if (element.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    private static String slashed(Path relative) {
        String text = relative.toString();
        String separator = relative.getFileSystem().getSeparator();
        return "/".equals(separator) ? text : text.replace(separator, "/");
    }
}
