package dev.migrator.sample.packaged;

import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code mvn package} has made of the sample. */
final class Packaged {

    private Packaged() {}

    static Path jar() {
        return module().resolve("target/sample-app.jar");
    }

    static Path deploy(String file) {
        return module().resolve("deploy").resolve(file);
    }

    private static Path module() {
        Path here = Path.of("").toAbsolutePath();
        return Files.isDirectory(here.resolve("deploy")) ? here : here.resolve("sample-app");
    }
}
