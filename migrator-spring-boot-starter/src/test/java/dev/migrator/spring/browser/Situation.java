package dev.migrator.spring.browser;

import dev.migrator.spring.test.Postgres;
import dev.migrator.spring.test.RunningApplication;
import dev.migrator.spring.test.WebApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** An application that a test has brought to where it wants to see it, and all that this took. */
final class Situation implements AutoCloseable {

    /** Where the page is. */
    static final String PAGE = "/actuator/migrations";

    private final String database;
    private final Path folder;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private RunningApplication app;

    private Situation(Path folder) {
        this.database = Postgres.newDatabase();
        this.folder = folder;
    }

    /** Nothing yet but an empty database and an empty folder for migrations. */
    static Situation in(Path parent) {
        try {
            return new Situation(Files.createTempDirectory(parent, "db"));
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    Situation script(String name, String text) {
        try {
            Files.writeString(file(name), text);
            return this;
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    String database() {
        return database;
    }

    RunningApplication.Start application() {
        return RunningApplication.of(WebApplication.class)
                .database(database)
                .initialized(AskedPolicy::in)
                .with(
                        "spring.application.name=bookshop",
                        "management.endpoint.migrations.access=unrestricted",
                        "migrator.endpoint.show-details=always",
                        "migrator.backup.mode=off",
                        "migrator.locations=filesystem:" + folder);
    }

    /** What has to be ended with it, the last first. */
    <T extends AutoCloseable> T ends(T part) {
        open.push(part);
        return part;
    }

    /** The application that is looked at. */
    Situation shows(RunningApplication.Start start) {
        this.app = ends(start.start());
        return this;
    }

    RunningApplication app() {
        return app;
    }

    String page() throws Exception {
        return app.url(PAGE);
    }

    /** The page of one migration, by its version or script. */
    String page(String migration) throws Exception {
        return app.url(PAGE + "/" + migration);
    }

    @Override
    public void close() {
        IllegalStateException failed = null;
        for (AutoCloseable each : open) {
            try {
                each.close();
            } catch (Exception ex) {
                failed = new IllegalStateException("could not be ended: " + each, ex);
            }
        }
        if (failed != null) {
            throw failed;
        }
    }
}
