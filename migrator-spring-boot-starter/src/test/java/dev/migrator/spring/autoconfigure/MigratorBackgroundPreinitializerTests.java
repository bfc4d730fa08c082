package dev.migrator.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;
import org.springframework.core.io.support.SpringFactoriesLoader;

class MigratorBackgroundPreinitializerTests {

    @Test
    void bootKnowsIt() {
        assertThat(SpringFactoriesLoader.forDefaultResourceLocation().load(BackgroundPreinitializer.class))
                .hasAtLeastOneElementOfType(MigratorBackgroundPreinitializer.class);
    }

    @Test
    void itLoadsWhatTheStartNeedsAndBindsTheProperties() throws Exception {
        try (OwnLoader loader = new OwnLoader()) {
            preinitialize(loader);

            assertThat(loader.has("dev.migrator.run.Start")).isTrue();
            assertThat(loader.has("dev.migrator.spring.startup.StartupMigration"))
                    .isTrue();
            assertThat(loader.has("dev.migrator.spring.web.servlet.HoldOffFilter"))
                    .isTrue();
            assertThat(loader.has("org.springframework.boot.context.properties.bind.ValueObjectBinder"))
                    .isTrue();
            assertThat(loader.has("dev.migrator.run.Run")).isFalse();
        }
    }

    @Test
    void anApplicationWithoutAWebServerLacksNothing() throws Exception {
        try (OwnLoader loader = new OwnLoader("tomcat", "servlet")) {
            preinitialize(loader);

            assertThat(loader.has("dev.migrator.spring.web.servlet.HoldOffFilter"))
                    .isFalse();
            assertThat(loader.has("dev.migrator.run.Start")).isTrue();
        }
    }

    private static void preinitialize(ClassLoader loader) throws ReflectiveOperationException {
        Class<?> type = loader.loadClass(MigratorBackgroundPreinitializer.class.getName());
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        Object preinitializer = constructor.newInstance();
        type.getInterfaces()[0].getMethod("preinitialize").invoke(preinitializer);
    }

    /** Loads all by itself, as a fresh process would, and can tell what it has loaded. */
    private static final class OwnLoader extends URLClassLoader {

        /** On the tests' class path, without the jars of such names. */
        OwnLoader(String... absent) {
            super(classPath(absent), ClassLoader.getPlatformClassLoader());
        }

        private static URL[] classPath(String... absent) {
            return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(Path::of)
                    .filter(entry ->
                            Stream.of(absent).noneMatch(entry.getFileName().toString()::contains))
                    .map(OwnLoader::url)
                    .toArray(URL[]::new);
        }

        private static URL url(Path entry) {
            try {
                return entry.toUri().toURL();
            } catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        }

        boolean has(String name) {
            return findLoadedClass(name) != null;
        }
    }
}
