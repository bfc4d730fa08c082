package dev.migrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.migrator.Migrator;
import dev.migrator.testing.DatabaseTest;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The scripts of the class path can be read before the run that needs them. */
class ReadAheadTest extends DatabaseTest {

    private final AtomicInteger searches = new AtomicInteger();

    @Test
    void theNextRunFindsTheScriptsReadAndTheOneAfterThatReadsThemAgain() throws IOException {
        scripts.with("V1__t.sql", "CREATE TABLE t (id int);");
        Path folder = scripts.folder();
        try (URLClassLoader classPath = countingSearches(folder.getParent())) {
            Migrator migrator = migrator()
                    .classLoader(classPath)
                    .locations("classpath:" + folder.getFileName())
                    .build();

            migrator.readAhead();
            migrator.readAhead();
            await().until(() -> searches.get() > 0);
            assertThat(migrator.migrate().applied()).hasSize(1);
            assertThat(searches).hasValue(1);

            scripts.with("V2__u.sql", "CREATE TABLE u (id int);");
            assertThat(migrator.migrate().applied()).hasSize(1);
            assertThat(searches).hasValue(2);
        }
    }

    /** An application may fetch its scripts while it starts. */
    @Test
    void whatComesIntoAFolderUntilTheRunIsRunToo() {
        scripts.with("V1__t.sql", "CREATE TABLE t (id int);");
        Migrator migrator = migrator().build();

        migrator.readAhead();
        scripts.with("V2__u.sql", "CREATE TABLE u (id int);");

        assertThat(migrator.migrate().applied()).hasSize(2);
    }

    private URLClassLoader countingSearches(Path root) throws IOException {
        return new URLClassLoader(new URL[] {root.toUri().toURL()}, null) {

            @Override
            public Enumeration<URL> getResources(String name) throws IOException {
                searches.incrementAndGet();
                return super.getResources(name);
            }
        };
    }
}
