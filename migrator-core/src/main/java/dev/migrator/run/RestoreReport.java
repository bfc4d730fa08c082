package dev.migrator.run;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a restore has done.
 *
 * @param runId the id of its history row
 * @param file the dump
 * @param createdAt when the dump was made
 * @param database the name of the database
 * @param version the highest version that is applied in it now, or null if it has no history
 * @param keptAs what the database as it was before is called now, or null if it was dropped
 * @param dropSql the statement that drops that one, when nobody needs it any more; null likewise
 * @param wayBackSql statements that put it back into its place, connected to another database; empty likewise
 * @param warnings what did not go as it should have, though the database is restored
 * @param duration how long it took
 */
public record RestoreReport(
        UUID runId,
        Path file,
        Instant createdAt,
        String database,
        @Nullable String version,
        @Nullable String keptAs,
        @Nullable String dropSql,
        List<String> wayBackSql,
        List<String> warnings,
        Duration duration) {

    /** In one line, or three. */
    public String summary() {
        String restored = database + " is restored from " + file + ", made " + createdAt
                + (version == null ? "." : ", and stands at version " + version + ".");
        return keptAs == null
                ? restored + " The database as it was before is dropped."
                : restored + "\nThe database as it was before is kept as " + keptAs
                        + ", to be read only. When nobody needs it any more: " + dropSql
                        + "\nTo put it back, connected to another database: " + String.join("; ", wayBackSql);
    }
}
