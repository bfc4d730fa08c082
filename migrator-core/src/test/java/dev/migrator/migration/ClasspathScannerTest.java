package dev.migrator.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.testing.Scripts;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.loader.launch.LaunchedClassLoader;
import org.springframework.boot.loader.net.protocol.Handlers;
import org.springframework.boot.loader.net.protocol.jar.JarUrl;

class ClasspathScannerTest {

    private static final String LOCATION = "classpath:db/migration";

    @TempDir
    private Path folder;

    @BeforeAll
    static void knowNestedJars() {
        Handlers.register();
    }

    private static URLClassLoader classPath(Path... entries) throws IOException {
        URL[] urls = new URL[entries.length];
        for (int i = 0; i < entries.length; i++) {
            urls[i] = entries[i].toUri().toURL();
        }
        return new URLClassLoader(urls, null);
    }

    @Test
    void findsFilesInADirectory() throws IOException {
        Path directory = Files.createDirectory(folder.resolve("with space, ä and %20"));
        new Scripts(directory)
                .with("db/migration/V1__a.sql", "a")
                .with("db/migration/sub/V2__b.sql", "b")
                .with("db/migrations/V3__c.sql", "c");
        try (URLClassLoader loader = classPath(directory)) {
            Found found = Finding.in(loader, LOCATION);

            assertThat(Finding.scripts(found)).containsExactly("V1__a.sql", "sub/V2__b.sql");
            assertThat(Finding.text(Finding.migration(found, "sub/V2__b.sql"))).isEqualTo("b");
            assertThat(found.issues()).isEmpty();
        }
    }

    @Test
    void findsFilesInAJar() throws IOException {
        Path jar = JarBuilder.withFolders()
                .with("db/migration/V1__a.sql", "a")
                .with("db/migration/sub/V2__b.sql", "b")
                .with("db/migration/.hidden/V2__b.sql", "b")
                .with("db/migration/README.md", "")
                .with("db/migrations/V3__c.sql", "c")
                .write(folder.resolve("with space, ä and %20.jar"));
        try (URLClassLoader loader = classPath(jar)) {
            Found found = Finding.in(loader, LOCATION);

            assertThat(Finding.scripts(found)).containsExactly("V1__a.sql", "sub/V2__b.sql");
            Migration second = Finding.migration(found, "sub/V2__b.sql");
            assertThat(second.content().origin()).isEqualTo(jar + "!/db/migration/sub/V2__b.sql");
            assertThat(Finding.text(second)).isEqualTo("b");
            assertThat(Finding.text(second)).as("a second time").isEqualTo("b");
            assertThat(found.issues()).isEmpty();
        }
    }

    @Test
    void findsFilesInAJarThatHasNoEntriesForFolders() throws IOException {
        Path jar = JarBuilder.withoutFolders()
                .with("db/migration/V1__a.sql", "a")
                .with("db/migrations/V3__c.sql", "c")
                .write(folder.resolve("app.jar"));
        Path other = JarBuilder.withFolders().with("x/y.sql", "").write(folder.resolve("other.jar"));
        try (URLClassLoader loader = classPath(other, jar)) {
            Found found = Finding.in(loader, LOCATION);

            assertThat(Finding.scripts(found)).containsExactly("V1__a.sql");
            assertThat(found.issues()).isEmpty();
            assertThat(Finding.issues(Finding.in(loader, "classpath:db/mig")))
                    .containsExactly("NO_LOCATION classpath:db/mig");
        }
    }

    @Test
    void findsFilesInAllRootsThatHaveTheFolder() throws IOException {
        new Scripts(folder).with("db/migration/V1__a.sql", "").with("db/migration/R__r.sql", "");
        Path one = JarBuilder.withFolders().with("db/migration/V1__a.sql", "").write(folder.resolve("one.jar"));
        Path two = JarBuilder.withFolders().with("db/migration/V2__b.sql", "").write(folder.resolve("two.jar"));
        try (URLClassLoader loader = classPath(folder, one, two)) {
            assertThat(Finding.scripts(Finding.in(loader, LOCATION)))
                    .containsExactly("R__r.sql", "V1__a.sql", "V1__a.sql", "V2__b.sql");
        }
    }

    @Test
    void aFileIsNoFolder() throws IOException {
        new Scripts(folder).with("db/V1__a.sql", "");
        Path jar = JarBuilder.withFolders().with("db/V2__b.sql", "").write(folder.resolve("app.jar"));
        try (URLClassLoader loader = classPath(folder, jar)) {
            assertThat(Finding.issues(Finding.in(loader, "classpath:db/V1__a.sql")))
                    .containsExactly("NO_LOCATION classpath:db/V1__a.sql");
            assertThat(Finding.issues(Finding.in(loader, "classpath:db/V2__b.sql")))
                    .containsExactly("NO_LOCATION classpath:db/V2__b.sql");
        }
    }

    @Test
    void findsFilesInAnExecutableJarAndInTheJarsWithinIt() throws IOException {
        byte[] library = JarBuilder.withFolders()
                .with("db/migration/V2__b.sql", "b")
                .with("db/migration/hello.sql", "")
                .bytes();
        Path jar = JarBuilder.withFolders()
                .with("BOOT-INF/classes/db/migration/V1__a.sql", "a")
                .with("BOOT-INF/lib/library.jar", library)
                .write(folder.resolve("app.jar"));
        try (URLClassLoader loader = executable(jar, "BOOT-INF/classes/", "BOOT-INF/lib/library.jar")) {
            Found found = Finding.in(loader, LOCATION);

            assertThat(Finding.scripts(found)).containsExactly("V1__a.sql", "V2__b.sql");
            assertThat(Finding.text(Finding.migration(found, "V1__a.sql"))).isEqualTo("a");
            Migration second = Finding.migration(found, "V2__b.sql");
            assertThat(Finding.text(second)).isEqualTo("b");
            assertThat(Finding.text(second)).as("a second time").isEqualTo("b");
            assertThat(second.content().origin())
                    .startsWith(jar.toString())
                    .endsWith("library.jar!/db/migration/V2__b.sql");
            assertThat(found.issues()).singleElement().satisfies(issue -> assertThat(issue.where())
                    .endsWith("library.jar!/db/migration/hello.sql"));
        }
    }

    @Test
    void findsFilesInANestedJarThatHasNoEntriesForFolders() throws IOException {
        byte[] library =
                JarBuilder.withoutFolders().with("db/migration/V2__b.sql", "b").bytes();
        Path jar = JarBuilder.withoutFolders()
                .with("BOOT-INF/lib/library.jar", library)
                .write(folder.resolve("app.jar"));
        try (URLClassLoader loader = executable(jar, "BOOT-INF/lib/library.jar")) {
            assertThat(Finding.scripts(Finding.in(loader, LOCATION))).containsExactly("V2__b.sql");
        }
    }

    /** As Spring Boot's launcher makes it. */
    private static URLClassLoader executable(Path jar, String... nested) throws IOException {
        URL[] urls = new URL[nested.length];
        for (int i = 0; i < nested.length; i++) {
            urls[i] = JarUrl.create(jar.toFile(), nested[i]);
        }
        return new LaunchedClassLoader(false, urls, null);
    }
}
