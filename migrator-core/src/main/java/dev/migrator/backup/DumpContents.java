package dev.migrator.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * What a dump holds, as {@code pg_restore --list} tells it; it reads the table of contents, and not the data behind it.
 *
 * @param format its form
 * @param database the name of the database that it was made of, with spaces in the place of line ends
 * @param createdAt when it was begun. A dump has no time zone: it is right for those that were made here, or in UTC
 * @param serverVersion that of the server, as 15.18
 * @param programVersion that of the {@code pg_dump} that made it
 * @param entries how many entries {@code pg_restore} would restore
 * @param tables its tables, also those without data of their own: partitioned and foreign ones
 */
public record DumpContents(
        BackupFormat format,
        String database,
        Instant createdAt,
        String serverVersion,
        String programVersion,
        int entries,
        List<DumpedTable> tables) {

    public DumpContents {
        tables = List.copyOf(tables);
    }

    /**
     * Reads them.
     *
     * @throws BackupException if that is no dump, or these programs cannot read it
     */
    static DumpContents read(ClientPrograms programs, Path file) throws BackupException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw BackupException.notPossible(
                    "there is no dump " + file,
                    "Look at what is in " + file.toAbsolutePath().getParent() + ".");
        }
        DumpListing listing = new DumpListing();
        ClientProgram.Result result;
        try {
            result = programs.program("pg_restore", null)
                    .run(List.of("--list", file.toAbsolutePath().toString()), listing::read, () -> {}, () -> false);
        } catch (IOException e) {
            throw BackupException.failed(
                    "pg_restore cannot be run: " + e.getMessage(), "Look at the programs in " + programs.folder(), e);
        }
        if (!result.succeeded()) {
            throw unreadable(programs, file, result.errors());
        }
        return listing.contents(file);
    }

    private static BackupException unreadable(ClientPrograms programs, Path file, String errors) {
        if (errors.contains("unsupported version")) {
            return BackupException.notPossible(
                    file + " was made by a newer pg_dump than pg_restore "
                            + programs.version().text() + " can read: " + errors,
                    "Install newer client programs, or name their folder with migrator.backup.programs.");
        }
        return BackupException.notPossible(
                file + " is not a whole dump in custom or directory format: " + errors,
                errors.contains("text format")
                        ? "It is a plain SQL script, which psql runs; Migrator does not."
                        : "Take another dump.");
    }

    /** Whether it was made of a database of that name. */
    public boolean isOf(String name) {
        // as pg_restore writes names into its list
        return database.equals(name.replace('\n', ' ').replace('\r', ' '));
    }
}
