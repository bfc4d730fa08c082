package dev.migrator.create;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a project that is built with Maven or Gradle has its things, if nobody says otherwise.
 *
 * @param root the project's folder
 */
public record ProjectFolders(Path root) {

    private static final String MIGRATIONS = "src/main/resources/db/migration";

    private static final String SOURCES = "src/main/java";

    /** Not among the resources: nobody needs them at run time. */
    private static final String TEMPLATES = "src/main/migration-templates";

    /**
     * The folder of the migrations.
     *
     * @throws CreateException if there is none
     */
    public Path migrations() {
        Path folder = existing(MIGRATIONS);
        if (folder == null) {
            throw new CreateException(
                    "There is no folder " + MIGRATIONS + " in " + root.toAbsolutePath() + ".",
                    "Make it, begin in the project's folder, or say with --directory where the migrations are.");
        }
        return folder;
    }

    /** The root of the Java sources; null if there are none. */
    public @Nullable Path javaSources() {
        return existing(SOURCES);
    }

    /** The folder of the project's own templates; null if there is none. */
    public @Nullable Path templates() {
        return existing(TEMPLATES);
    }

    private @Nullable Path existing(String folder) {
        Path path = root.resolve(folder);
        return Files.isDirectory(path) ? path : null;
    }
}
