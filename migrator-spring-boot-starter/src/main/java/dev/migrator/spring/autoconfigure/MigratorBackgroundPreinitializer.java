package dev.migrator.spring.autoconfigure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * Loads the classes that a start with nothing to do needs, and binds the properties once from nothing: a cold JVM takes longer
 * for both than for all that is done with them later. Boot calls it at the beginning of a start, in a thread of its own, where
 * there is more than one processor.
 */
final class MigratorBackgroundPreinitializer implements BackgroundPreinitializer {

    /** The names of the classes; {@code NothingToDoTests} keeps it true. */
    static final String CLASSES = "/META-INF/migrator/start-classes.txt";

    @Override
    public void preinitialize() throws IOException {
        loadClasses();
        new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("migrator", MigratorProperties.class);
    }

    private static void loadClasses() throws IOException {
        ClassLoader loader = MigratorBackgroundPreinitializer.class.getClassLoader();
        try (InputStream in = MigratorBackgroundPreinitializer.class.getResourceAsStream(CLASSES)) {
            if (in == null) {
                return; // left out by whoever packaged the application: they are loaded when they are needed
            }
            BufferedReader names = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String name = names.readLine(); name != null; name = names.readLine()) {
                load(name, loader);
            }
        }
    }

    /**
     * Not initialized: two threads that initialize the same classes in another order may wait for each other for ever. (Those of the
     * properties are, when they are bound: none of them needs another one for that.)
     */
    private static void load(String name, ClassLoader loader) {
        try {
            Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            // what it needs, a web server for example, is not there, and so nobody will ask for it
        }
    }
}
