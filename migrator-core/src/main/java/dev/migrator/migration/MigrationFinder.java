package dev.migrator.migration;

import dev.migrator.sql.Placeholders;
import java.util.Collection;
import java.util.List;

/** Finds everything that there is to run, and computes each script's checksum. */
public final class MigrationFinder {

    private final List<Location> locations;
    private final List<JavaMigration> javaMigrations;
    private final ClassLoader loader;
    private final Placeholders placeholders;

    /** Makes a finder for scripts without placeholders. */
    public MigrationFinder(
            List<Location> locations, Collection<? extends JavaMigration> javaMigrations, ClassLoader loader) {
        this(locations, javaMigrations, loader, Placeholders.NONE);
    }

    /**
     * Makes a finder.
     *
     * @param loader for class-path locations
     * @param placeholders what the checksums of repeatables depend on
     */
    public MigrationFinder(
            List<Location> locations,
            Collection<? extends JavaMigration> javaMigrations,
            ClassLoader loader,
            Placeholders placeholders) {
        this.locations = List.copyOf(locations);
        this.javaMigrations = List.copyOf(javaMigrations);
        this.loader = loader;
        this.placeholders = placeholders;
    }

    /** Looks into every location. What cannot be read is an issue of the answer, not an exception. */
    public Found find() {
        Reading reading = read();
        reading.sumUp();
        return reading.found();
    }

    /** Whether all scripts come from the class path, which stays as it is while a packaged application runs. */
    public boolean looksInClassPathOnly() {
        for (Location location : locations) {
            if (location.kind() != Location.Kind.CLASSPATH) {
                return false;
            }
        }
        return true;
    }

    /** Looks into every location; the scripts are still to be {@linkplain Reading#sumUp() summed up}. */
    public Reading read() {
        return new Reading(locations, javaMigrations, loader, placeholders);
    }
}
