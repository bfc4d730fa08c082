package dev.migrator.create;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is to be written.
 *
 * @param description what the migration does, as "Add user avatar"
 * @param directory where the project's migrations are; it exists
 * @param template a template's name, as {@link Templates#list()} gives it
 * @param templateDirectory where templates of one's own are, which go before those of the same name here; null for none
 * @param timestamp whether the version is the time, where it would be a number otherwise
 * @param rollback whether a rollback is written too
 * @param java whether a Java class is written instead of a script; it needs {@code sources}
 * @param sources the project's Java sources, whose migrations have versions too; null for none
 */
public record CreateRequest(
        String description,
        Path directory,
        String template,
        @Nullable Path templateDirectory,
        boolean timestamp,
        boolean rollback,
        boolean java,
        @Nullable JavaSources sources) {

    /** The template that is taken if nobody chooses one. */
    public static final String DEFAULT_TEMPLATE = "default";

    /** A script with its rollback, of the default template, in a project without migrations in Java. */
    public static CreateRequest script(String description, Path directory) {
        return new CreateRequest(description, directory, DEFAULT_TEMPLATE, null, false, true, false, null);
    }

    /**
     * Where Java migrations are.
     *
     * @param directory the root of the sources, as {@code src/main/java}; it exists
     * @param packageName where a new one is written; null for the newest one's, or {@code db.migration} if there is none
     */
    public record JavaSources(Path directory, @Nullable String packageName) {}
}
