package dev.migrator.cli;

import dev.migrator.create.CreateRequest;
import dev.migrator.create.CreateRequest.JavaSources;
import dev.migrator.create.ProjectFolders;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a new migration is to be like, and where it is written. */
final class CreateOptions {

    @Option(
            names = "--directory",
            paramLabel = "<dir>",
            description = "where the project's migrations are; otherwise src/main/resources/db/migration")
    private @Nullable Path directory;

    @Option(
            names = "--template",
            paramLabel = "<name>",
            description = "what to begin with; otherwise default, see --list-templates")
    private String template = CreateRequest.DEFAULT_TEMPLATE;

    @Option(
            names = "--template-directory",
            paramLabel = "<dir>",
            description = "where own templates are, as NAME.sql, NAME.rollback.sql and NAME.java; otherwise"
                    + " src/main/migration-templates, if there is one")
    private @Nullable Path templateDirectory;

    @Option(names = "--timestamp", description = "takes the time (UTC) as the version, where it would be a number")
    private boolean timestamp;

    @Option(names = "--no-rollback", description = "writes no rollback")
    private boolean noRollback;

    @Option(names = "--java", description = "writes a class in place of a script")
    private boolean java;

    @Option(
            names = "--java-directory",
            paramLabel = "<dir>",
            description = "the root of the Java sources, whose migrations count too; otherwise src/main/java")
    private @Nullable Path javaDirectory;

    @Option(
            names = "--package",
            paramLabel = "<name>",
            description = "the package of a class; otherwise that of the newest Java migration, or db.migration")
    private @Nullable String packageName;

    CreateRequest request(String description, ProjectFolders project) {
        Path sources =
                javaDirectory == null ? project.javaSources() : project.root().resolve(javaDirectory);
        return new CreateRequest(
                description,
                directory == null ? project.migrations() : project.root().resolve(directory),
                template,
                templates(project),
                timestamp,
                !noRollback,
                java,
                sources == null ? null : new JavaSources(sources, packageName));
    }

    @Nullable
    Path templates(ProjectFolders project) {
        return templateDirectory == null ? project.templates() : project.root().resolve(templateDirectory);
    }
}
