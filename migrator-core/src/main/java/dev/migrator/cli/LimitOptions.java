package dev.migrator.cli;

import dev.migrator.MigratorBuilder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How long statements may take. */
final class LimitOptions implements BuilderOptions {

    @Option(
            names = "--lock-timeout",
            paramLabel = "<duration>",
            converter = DurationConverter.class,
            description = "how long one lock request may wait before the migration steps back; otherwise 5s")
    private @Nullable Duration lockTimeout;

    @Option(
            names = "--statement-timeout",
            paramLabel = "<duration>",
            converter = DurationConverter.class,
            description = "how long one statement may take; otherwise what the session says")
    private @Nullable Duration statementTimeout;

    @Override
    public void applyTo(MigratorBuilder builder) {
        if (lockTimeout != null) {
            builder.lockTimeout(lockTimeout);
        }
        builder.statementTimeout(statementTimeout);
    }
}
