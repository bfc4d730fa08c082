package dev.migrator.cli;

import dev.migrator.MigratorBuilder;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** What scripts mean here: the values of their placeholders, and the environments that their conditions ask for. */
final class ScriptOptions implements BuilderOptions {

    @Option(
            names = "--placeholder",
            paramLabel = "<name=value>",
            description = "the value of ${name} in scripts; may be repeated")
    private Map<String, String> placeholders = Map.of();

    @Option(names = "--no-placeholders", description = "leaves ${name} in scripts as it stands")
    private boolean noPlaceholders;

    @Option(
            names = "--environment",
            paramLabel = "<name>",
            description = "an environment in which this is, for scripts with a condition; may be repeated")
    private List<String> environments = List.of();

    @Override
    public void applyTo(MigratorBuilder builder) {
        builder.placeholders(placeholders).placeholdersEnabled(!noPlaceholders).environments(environments);
    }
}
