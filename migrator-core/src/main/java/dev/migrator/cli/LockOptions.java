package dev.migrator.cli;

import dev.migrator.Migrator;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How long to wait for another instance. */
final class LockOptions {

    @Option(
            names = "--lock-max-wait",
            paramLabel = "<duration>",
            converter = DurationConverter.class,
            description = "how long to wait for another instance that migrates; otherwise 10m")
    private @Nullable Duration maxWait;

    void applyTo(Migrator.Builder builder) {
        if (maxWait != null) {
            builder.lockMaxWait(maxWait);
        }
    }
}
