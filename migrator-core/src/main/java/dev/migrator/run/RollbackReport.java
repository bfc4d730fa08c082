package dev.migrator.run;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a rollback did.
 *
 * @param runId the id that its history rows share
 * @param rolledBack what was taken back, in order
 * @param backup the backup that was taken before, or null if there is none
 * @param notes what is worth knowing and no problem
 * @param duration how long it took in all
 */
public record RollbackReport(
        UUID runId, List<RolledBack> rolledBack, @Nullable String backup, List<String> notes, Duration duration) {

    /**
     * One version that was taken back, and is pending again.
     *
     * @param script what took it back
     */
    public record RolledBack(String version, String description, String script, Duration duration) {}

    /** The one line that it ends with. */
    public String summary() {
        if (rolledBack.isEmpty()) {
            return "Nothing to roll back.";
        }
        String versions = rolledBack.stream().map(RolledBack::version).collect(Collectors.joining(", "));
        return "Rolled back " + versions + " in " + duration.toMillis() + " ms"
                + (backup == null ? "." : "; the backup before it is " + backup + ".");
    }
}
