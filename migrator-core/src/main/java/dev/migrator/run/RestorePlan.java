package dev.migrator.run;

import dev.migrator.backup.OtherConnection;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a restore would do, for whoever has to agree to it.
 *
 * @param file the dump
 * @param createdAt when the dump was made, or null if it cannot be read
 * @param madeOf the name of the database that it was made of, or null likewise
 * @param database the name of the database that is replaced
 * @param connections who else is connected to that
 * @param keptAs what it would be called if it were restored now, for the name ends with the time; null if it is dropped
 * @param leftovers databases that earlier restores left behind when they were killed, and that are dropped
 * @param problems everything that keeps it from being done; empty if nothing does
 */
public record RestorePlan(
        Path file,
        @Nullable Instant createdAt,
        @Nullable String madeOf,
        String database,
        List<OtherConnection> connections,
        @Nullable String keptAs,
        List<String> leftovers,
        List<String> problems) {

    /** In one sentence for each thing that will be done. */
    public String describe() {
        StringBuilder text = new StringBuilder("The database " + database + " is replaced by the dump " + file);
        if (createdAt != null) {
            text.append(", made ").append(createdAt);
            if (madeOf != null && !madeOf.equals(database)) {
                text.append(" of the database ").append(madeOf);
            }
        }
        text.append(". What came after that is not in it.\n");
        text.append(
                keptAs == null
                        ? "The database as it is now is dropped."
                        : "The database as it is now is kept as " + keptAs.replaceFirst("\\d+$", "…")
                                + ", to be read only.");
        if (!connections.isEmpty()) {
            text.append("\nThese are connected to it, and are ended:");
            connections.forEach(other -> text.append("\n- ").append(other.describe()));
        }
        if (!leftovers.isEmpty()) {
            text.append("\nWhat an unfinished restore has left behind is dropped: ")
                    .append(String.join(", ", leftovers))
                    .append('.');
        }
        return text.toString();
    }
}
