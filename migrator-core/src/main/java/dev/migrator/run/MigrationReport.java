package dev.migrator.run;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a run did.
 *
 * @param runId the id that its history rows share
 * @param found how many migrations were found
 * @param applied what was applied, in order
 * @param skipped how many were left as they are, most of them since they had been applied before
 * @param skippedHere what this run has recorded as not to run here, with the reasons
 * @param notes what is worth knowing and no problem, such as versions that are unknown here
 * @param duration how long it took in all
 */
public record MigrationReport(
        UUID runId,
        int found,
        List<Applied> applied,
        int skipped,
        List<Skipped> skippedHere,
        List<String> notes,
        Duration duration) {

    /** A report of a run in which no migration had a condition that did not hold. */
    public MigrationReport(
            UUID runId, int found, List<Applied> applied, int skipped, List<String> notes, Duration duration) {
        this(runId, found, applied, skipped, List.of(), notes, duration);
    }

    /**
     * One migration that was applied.
     *
     * @param version its version, or null for a repeatable
     */
    public record Applied(@Nullable String version, String description, String script, Duration duration) {}

    /**
     * One migration whose condition does not hold here: it is recorded, and not run again by itself.
     *
     * @param version its version, or null for a repeatable
     */
    public record Skipped(@Nullable String version, String description, String script, String reason) {}

    @Override
    public String toString() {
        return "run " + runId + ": " + summary();
    }

    /** The one line that every run ends with. */
    public String summary() {
        return found + " found, " + applied.size() + " applied, " + skipped + " skipped, " + duration.toMillis()
                + " ms";
    }
}
