package dev.migrator.create;

import dev.migrator.create.CreateRequest.JavaSources;
import dev.migrator.migration.MigrationName;
import dev.migrator.migration.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the names of the project's migrations say: how the newest is written, and which version is the highest. */
final class ExistingNames {

    private static final String JAVA = ".java";

    private @Nullable WrittenName newest;
    private @Nullable Version newestClass;
    private @Nullable String packageOfClass;
    private @Nullable Version highest;
    private @Nullable String highestNumber = "0";

    private ExistingNames() {}

    static ExistingNames in(Path scripts, @Nullable JavaSources sources) {
        ExistingNames names = new ExistingNames();
        names.look(scripts);
        if (sources != null) {
            names.look(sources.directory());
        }
        return names;
    }

    private void look(Path directory) {
        try (Stream<Path> files = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
            files.map(file -> slashed(directory.relativize(file))).forEach(this::take);
        } catch (IOException | UncheckedIOException e) {
            throw new CreateException(
                    "The folder " + directory + " cannot be read: " + e,
                    "Mend the folder or its permissions, or name another one.",
                    e);
        }
    }

    private static String slashed(Path path) {
        return path.toString().replace(path.getFileSystem().getSeparator(), "/");
    }

    private void take(String path) {
        if (path.endsWith(JAVA)) {
            takeClass(path.substring(0, path.length() - JAVA.length()));
            return;
        }
        WrittenName name = WrittenName.of(path);
        if (name != null) {
            raise(name.order(), name.date() == null ? name.version() : null);
            if (!name.rollback() && (newest == null || name.order().compareTo(newest.order()) > 0)) {
                newest = name;
            }
        }
    }

    private void takeClass(String path) {
        int slash = path.lastIndexOf('/');
        String simpleName = path.substring(slash + 1);
        MigrationName name = MigrationName.ofFlyway(simpleName);
        Version version = name == null ? null : name.version();
        if (version == null) {
            return;
        }
        raise(version, simpleName.substring(1, simpleName.indexOf("__")));
        if (newestClass == null || version.compareTo(newestClass) > 0) {
            newestClass = version;
            packageOfClass = slash < 0 ? "" : path.substring(0, slash).replace('/', '.');
        }
    }

    private void raise(Version version, @Nullable String number) {
        if (highest == null || version.compareTo(highest) > 0) {
            highest = version;
            highestNumber = number;
        }
    }

    /** The script with the highest version; null if there is none. */
    @Nullable
    WrittenName newest() {
        return newest;
    }

    /** The package of the Java migration with the highest version, "" for the unnamed one; null if there is none. */
    @Nullable
    String packageOfClass() {
        return packageOfClass;
    }

    /** The highest version of all, be it a script's, a rollback's or a class's; null if there is none. */
    @Nullable
    Version highest() {
        return highest;
    }

    /** The highest version as it is written in its name; 0 if there is none yet, null if it is a date with a name. */
    @Nullable
    String highestNumber() {
        return highestNumber;
    }
}
