package dev.migrator.run;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What the trial of a backup has shown: it was restored into a database of its own, which is dropped again, and has all that the
 * file holds.
 *
 * @param createdAt when it was made
 * @param database the name of the database that it was made of
 * @param tables how many tables it has
 * @param rows how many rows they have together
 * @param remarks what could not be compared, and why
 * @param changes how the database differs from it by now; its rows by the server's estimate
 */
public record VerifyReport(
        Path file,
        Instant createdAt,
        String database,
        int tables,
        long rows,
        List<String> remarks,
        List<String> changes,
        Duration duration) {

    /** In one line. */
    public String summary() {
        return file + " can be restored: " + tables + (tables == 1 ? " table, " : " tables, ") + rows
                + (rows == 1 ? " row" : " rows") + ", of the database " + database + " as of " + createdAt + ".";
    }
}
