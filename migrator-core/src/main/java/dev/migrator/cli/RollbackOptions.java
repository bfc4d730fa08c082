package dev.migrator.cli;

import dev.migrator.plan.Rollback;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The ways to say which versions are meant, of which one may be given. */
final class RollbackOptions {

    @Option(
            names = "--to",
            paramLabel = "<version>",
            required = true,
            description = "all above this version, which stays; 0 for all")
    private @Nullable String to;

    @Option(names = "--count", paramLabel = "<n>", required = true, description = "so many, from the newest on")
    private @Nullable Integer count;

    @Option(names = "--run", paramLabel = "last", required = true, description = "all that the last run has applied")
    private @Nullable Run run;

    /** The runs that can be named. */
    enum Run {
        LAST
    }

    Rollback rollback() {
        if (to != null) {
            return Rollback.to(to);
        }
        if (count != null) {
            return Rollback.count(count);
        }
        return run == null ? Rollback.last() : Rollback.lastRun();
    }
}
