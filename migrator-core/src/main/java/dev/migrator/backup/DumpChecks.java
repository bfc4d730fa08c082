package dev.migrator.backup;

import dev.migrator.postgres.DumpedRelations;
import dev.migrator.postgres.DumpedRelations.OutOfReach;
import dev.migrator.postgres.LibpqConnection;
import dev.migrator.sql.Quoting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** All that can be known to stand in the way of a dump before it is begun. */
final class DumpChecks {

    /**
     * A dump is compressed, and has no indexes: of usual data it comes to a tenth or a third of its tables. With less room than
     * this part of them it is not begun.
     */
    private static final int SMALLEST_PART = 4;

    private final BackupOptions options;

    DumpChecks(BackupOptions options) {
        this.options = options;
    }

    /** Behind a pooler each statement may meet another session. */
    void pooler(boolean pooled) throws BackupException {
        if (pooled) {
            throw BackupException.notPossible(
                    "there is a connection pooler before the database, and pg_dump needs a session of its own",
                    "Name the server itself with migrator.url, or go without backups, with migrator.backup.mode=off.");
        }
    }

    /** Where the database's name or the password cannot be handed over, {@code pg_dump} would log in with others. */
    void environment(LibpqConnection connection) throws BackupException {
        String obstacle = ClientProgram.obstacle(connection);
        if (obstacle != null) {
            throw BackupException.notPossible(obstacle, "Start Java with LC_ALL=C.UTF-8 in its environment.");
        }
    }

    /** Large databases are not dumped without being asked for. */
    void size(DumpedRelations database) throws BackupException {
        if (options.mode() == BackupMode.AUTO && database.databaseBytes() > options.maxSize()) {
            throw BackupException.notPossible(
                    "the database has " + ByteCount.text(database.databaseBytes()) + ", more than "
                            + ByteCount.text(options.maxSize()) + " (migrator.backup.max-size)",
                    "Raise migrator.backup.max-size, or set migrator.backup.mode=required, where a dump of that size is"
                            + " wanted before migrations.");
        }
    }

    /** {@code pg_dump} would fail in the middle at the first table that it may not read. */
    void rights(Connection connection, DumpedRelations database) throws BackupException, SQLException {
        OutOfReach missing = DumpedRelations.outOfReach(connection);
        if (missing.count() == 0) {
            return;
        }
        int unnamed = missing.count() - missing.names().size();
        String names = String.join(", ", missing.names()) + (unnamed == 0 ? "" : " and " + unnamed + " more");
        String role = Quoting.identifier(database.user());
        if (missing.forbidden()) {
            throw BackupException.notPossible(
                    "the role " + role + " may not read " + names,
                    "GRANT pg_read_all_data TO " + role + " (for large objects: GRANT SELECT on them), or let"
                            + " migrator.user be a role that may read them.");
        }
        throw BackupException.notPossible(
                "row-level security hides rows from the role " + role + " in " + names,
                "ALTER ROLE " + role + " BYPASSRLS, or let migrator.user be the tables' owner.");
    }

    /**
     * The folder, which is made, and the room in it.
     *
     * @param last the newest dump of the same database, which shows best how large the next will be
     */
    void room(Path directory, DumpedRelations database, @Nullable BackupFile last) throws BackupException {
        long needed = last == null ? database.tableBytes() / SMALLEST_PART : last.bytes();
        long free;
        try {
            free = Files.getFileStore(directory).getUsableSpace();
        } catch (IOException e) {
            // the dump itself will show it
            return;
        }
        if (free < needed) {
            throw BackupException.notPossible(
                    "there are " + ByteCount.text(free) + " free in " + directory + ", and a dump needs "
                            + ByteCount.text(needed) + " or more ("
                            + (last == null ? "a quarter of the tables" : "as the last one") + ")",
                    "Make room there, or name another folder with migrator.backup.directory.");
        }
    }
}
