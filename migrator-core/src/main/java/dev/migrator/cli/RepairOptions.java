package dev.migrator.cli;

import dev.migrator.run.Repair;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The three ways to settle an unfinished migration, of which one has to be given. */
final class RepairOptions {

    @Option(
            names = "--resume-after",
            paramLabel = "<statement>",
            required = true,
            description = "its statements up to this one are done: the next run goes on behind it; 0 for none")
    private @Nullable Integer resumeAfter;

    @Option(names = "--mark-applied", required = true, description = "all of it is done: it does not run again")
    private boolean markApplied;

    @Option(
            names = "--retry",
            required = true,
            description = "the statement behind its checkpoint is not done: the next run executes it again")
    private boolean retry;

    Repair repair() {
        if (resumeAfter != null) {
            return Repair.resumeAfter(resumeAfter);
        }
        return markApplied ? Repair.markApplied() : Repair.retry();
    }
}
