package dev.migrator.sample.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The sample's folder of deployment files. */
record DeployFolder(Path path) {

    /** Wherever in the project the test was started. */
    static DeployFolder find() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(directory.resolve("sample-app"))) {
            directory = directory.getParent();
        }
        return new DeployFolder(directory.resolve("sample-app/deploy"));
    }

    Path file(String name) {
        return path.resolve(name);
    }

    /** The folder that images are built from. */
    Path buildContext() {
        return path.getParent();
    }

    List<String> lines(String name) {
        try {
            return Files.readAllLines(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Path> files() {
        try (Stream<Path> files = Files.walk(path)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The only document of a file. A key that stands twice is an error, as it is for the programs that read it. */
    Map<String, Object> yaml(String name) {
        LoaderOptions strict = new LoaderOptions();
        strict.setAllowDuplicateKeys(false);
        try {
            List<Object> documents = StreamSupport.stream(
                            new Yaml(new SafeConstructor(strict))
                                    .loadAll(Files.readString(file(name)))
                                    .spliterator(),
                            false)
                    .toList();
            if (documents.size() != 1) {
                throw new AssertionError(name + " has " + documents.size() + " documents");
            }
            @SuppressWarnings("unchecked")
            Map<String, Object> document = (Map<String, Object>) documents.get(0);
            return document;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
