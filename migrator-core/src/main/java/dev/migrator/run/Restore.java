package dev.migrator.run;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is to be restored, and how: {@code Restore.latest().terminating()}.
 *
 * @param file the dump; null for the newest one of the database
 * @param terminates whether others who are connected to the database are ended when its place is taken; else they are in the way
 * @param dropsOld whether the database as it was before is dropped in the end; else it is kept under another name
 * @param takesAnother whether the dump may be one of a database of another name
 */
public record Restore(@Nullable Path file, boolean terminates, boolean dropsOld, boolean takesAnother) {

    /** From this dump, a file or a folder. */
    public static Restore of(Path file) {
        return new Restore(file, false, false, false);
    }

    /** From the newest dump of the database in the folder of backups. */
    public static Restore latest() {
        return new Restore(null, false, false, false);
    }

    /** The same, ending others who are connected. */
    public Restore terminating() {
        return new Restore(file, true, dropsOld, takesAnother);
    }

    /** The same, keeping nothing of what was before. */
    public Restore droppingOld() {
        return new Restore(file, terminates, true, takesAnother);
    }

    /** The same, from whichever database the dump was made of. */
    public Restore fromAnotherDatabase() {
        return new Restore(file, terminates, dropsOld, true);
    }
}
