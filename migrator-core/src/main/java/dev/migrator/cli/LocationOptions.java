package dev.migrator.cli;

import dev.migrator.MigratorBuilder;
import java.util.List;
import picocli.CommandLine.Option;

/** Where the migrations are. */
final class LocationOptions implements BuilderOptions {

    @Option(
            names = "--location",
            paramLabel = "<location>",
            required = true,
            description = "where migrations are: filesystem:DIR, or just DIR; may be repeated")
    private List<String> locations = List.of();

    @Override
    public void applyTo(MigratorBuilder builder) {
        builder.locations(locations.stream().map(LocationOptions::location).toArray(String[]::new));
    }

    /** In a shell, a plain path is a directory. */
    private static String location(String text) {
        return text.indexOf(':') < 0 ? "filesystem:" + text : text;
    }
}
