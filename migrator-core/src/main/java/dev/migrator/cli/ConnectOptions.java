package dev.migrator.cli;

import dev.migrator.MigratorBuilder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** For how long to try to reach the database. */
final class ConnectOptions implements BuilderOptions {

    @Option(
            names = "--connect-timeout",
            paramLabel = "<duration>",
            converter = DurationConverter.class,
            description =
                    "for how long to try again while there is no connection, as to a server that is just starting;"
                            + " otherwise 30s")
    private @Nullable Duration timeout;

    @Override
    public void applyTo(MigratorBuilder builder) {
        if (timeout != null) {
            builder.connectTimeout(timeout);
        }
    }
}
