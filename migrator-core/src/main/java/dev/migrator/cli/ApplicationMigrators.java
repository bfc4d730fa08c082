package dev.migrator.cli;

import dev.migrator.Migrator;
import dev.migrator.run.ConfigurationException;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The migrators that an application has, as it has configured them. */
final class ApplicationMigrators implements MigratorSource {

    private final Supplier<Map<String, Migrator>> all;

    @Option(
            names = "--migrator",
            paramLabel = "<name>",
            description = "the one that is meant, where the application has several: its bean's name")
    private @Nullable String name;

    ApplicationMigrators(Supplier<Map<String, Migrator>> all) {
        this.all = all;
    }

    @Override
    public void addOptionsTo(CommandSpec command) {
        command.addMixin("migrators", CommandSpec.forAnnotatedObject(this));
    }

    @Override
    public Map<String, Migrator> migrators() {
        Map<String, Migrator> known = all.get();
        if (name == null) {
            return known;
        }
        Migrator meant = known.get(name);
        if (meant == null) {
            throw new ConfigurationException(
                    "The application has no migrator of that name. It has: " + String.join(", ", known.keySet()) + ".",
                    "it was not looked at.",
                    "Name one of these with --migrator.",
                    null);
        }
        return Map.of(name, meant);
    }
}
