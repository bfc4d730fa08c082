package dev.migrator.cli;

import dev.migrator.MigratorBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** At which version a schema is taken as it stands. */
final class BaselineOptions implements BuilderOptions {

    @Option(
            names = "--baseline-version",
            paramLabel = "<version>",
            description = "the version that a database without a history is taken to be at; otherwise 1")
    private String version = "1";

    @Option(names = "--baseline-description", paramLabel = "<text>", description = "what the history says of it")
    private @Nullable String description;

    @Override
    public void applyTo(MigratorBuilder builder) {
        builder.baselineVersion(version);
        if (description != null) {
            builder.baselineDescription(description);
        }
    }
}
