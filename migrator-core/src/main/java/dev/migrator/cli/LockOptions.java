package dev.migrator.cli;

import dev.migrator.MigratorBuilder;
import dev.migrator.run.LockStrategy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How one instance at a time is let in. */
final class LockOptions implements BuilderOptions {

    @Option(
            names = "--lock-max-wait",
            paramLabel = "<duration>",
            converter = DurationConverter.class,
            description = "how long to wait for another instance that migrates; otherwise 10m")
    private @Nullable Duration maxWait;

    @Option(
            names = "--lock-strategy",
            paramLabel = "<strategy>",
            description =
                    "advisory, table or auto: a session-level advisory lock, a lease in a table (it works behind a"
                            + " transaction-pooling PgBouncer), or whichever fits; otherwise auto")
    private @Nullable LockStrategy strategy;

    @Option(
            names = "--lock-lease",
            paramLabel = "<duration>",
            converter = DurationConverter.class,
            description = "how long a lease lasts when its holder gives no sign of life; otherwise 30s")
    private @Nullable Duration lease;

    @Override
    public void applyTo(MigratorBuilder builder) {
        if (maxWait != null) {
            builder.lockMaxWait(maxWait);
        }
        if (strategy != null) {
            builder.lockStrategy(strategy);
        }
        if (lease != null) {
            builder.lockLease(lease);
        }
    }
}
