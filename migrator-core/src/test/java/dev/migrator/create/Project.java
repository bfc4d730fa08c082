package dev.migrator.create;

import dev.migrator.create.CreateRequest.JavaSources;
import dev.migrator.testing.Scripts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A project's folders, in which a test creates migrations on 2026-11-21 at 14:45, UTC. */
record Project(Path root) {

    /** In a zone where it is the next day already. */
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-11-21T14:45:00Z"), ZoneId.of("Pacific/Auckland"));

    static Project in(Path root) {
        Project project = new Project(root);
        try {
            Files.createDirectories(project.migrations());
            Files.createDirectories(project.sources());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return project;
    }

    Path migrations() {
        return root.resolve("migrations");
    }

    Path sources() {
        return root.resolve("java");
    }

    Path templates() {
        return root.resolve("templates");
    }

    Project withMigrations(String... paths) {
        Scripts scripts = new Scripts(migrations());
        for (String path : paths) {
            scripts.with(path, "-- " + path);
        }
        return this;
    }

    Project withSources(String... paths) {
        Scripts scripts = new Scripts(sources());
        for (String path : paths) {
            scripts.with(path, "// " + path);
        }
        return this;
    }

    Project withTemplate(String file, String text) {
        new Scripts(templates()).with(file, text);
        return this;
    }

    /** What is to be created here, for a test to change. */
    record Wish(
            Project project,
            String description,
            String template,
            boolean timestamp,
            boolean rollback,
            boolean java,
            @Nullable String packageName) {

        Wish of(String chosen) {
            return new Wish(project, description, chosen, timestamp, rollback, java, packageName);
        }

        Wish withTimestamp() {
            return new Wish(project, description, template, true, rollback, java, packageName);
        }

        Wish withoutRollback() {
            return new Wish(project, description, template, timestamp, false, java, packageName);
        }

        Wish asJava() {
            return new Wish(project, description, template, timestamp, rollback, true, packageName);
        }

        Wish inPackage(String name) {
            return new Wish(project, description, template, timestamp, rollback, true, name);
        }

        CreatedMigration write() {
            return NewMigration.write(
                    new CreateRequest(
                            description,
                            project.migrations(),
                            template,
                            Files.exists(project.templates()) ? project.templates() : null,
                            timestamp,
                            rollback,
                            java,
                            new JavaSources(project.sources(), packageName)),
                    CLOCK);
        }

        /** The files' paths in the project, with slashes. */
        List<String> paths() {
            return write().files().stream().map(project::relative).toList();
        }
    }

    Wish create(String description) {
        return new Wish(this, description, CreateRequest.DEFAULT_TEMPLATE, false, true, false, null);
    }

    private String relative(Path file) {
        Path folder = file.startsWith(sources()) ? sources() : migrations();
        return folder.relativize(file).toString().replace('\\', '/');
    }

    /** All files of the project, sorted. */
    List<String> files() {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).map(this::name).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String name(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    String text(String path) {
        try {
            return Files.readString(root.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
