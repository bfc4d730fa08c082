package dev.migrator.backup;

import dev.migrator.postgres.DumpedRelations;
import dev.migrator.postgres.LibpqConnection;
import dev.migrator.postgres.ServerFacts;
import dev.migrator.postgres.SharedSnapshot;
import dev.migrator.postgres.SharedSnapshot.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes backups with PostgreSQL's own {@code pg_dump}. A dump has its name only when it is complete, on the disk, and holds
 * every table of the state that was dumped; whatever happens before, nothing of it is left.
 */
public final class DumpBackup {

    /** It waits before anything is read, and nobody but those who want a table for themselves alone waits behind it. */
    private static final Duration LOCK_WAIT = Duration.ofSeconds(30);

    /** For this long a dump without its name may be one that another instance is writing. */
    private static final Duration ABANDONED = Duration.ofDays(1);

    private static final Logger LOG = LoggerFactory.getLogger(DumpBackup.class);

    private final BackupOptions options;
    private final @Nullable String password;
    private final DumpChecks checks;
    private final PgDump pgDump;
    private final Path directory;

    /**
     * Says how; nothing happens yet.
     *
     * @param password the role's, or null if the URL has it, {@code PGPASSWORD} or a pgpass file, or none is asked for
     */
    public DumpBackup(BackupOptions options, @Nullable String password) {
        this(options, password, LOCK_WAIT);
    }

    DumpBackup(BackupOptions options, @Nullable String password, Duration lockWait) {
        this.options = options;
        this.password = password;
        this.checks = new DumpChecks(options);
        this.pgDump = new PgDump(options, lockWait);
        this.directory = options.directory().toAbsolutePath().normalize();
    }

    /**
     * Takes one, of the database that a connection leads to.
     *
     * @param connection in autocommit mode; it is in a transaction that changes nothing until the dump is written, so that what
     *     is dumped can be compared with what is there
     * @param serverVersion as {@code server_version_num} gives it: 180006 is 18.6
     * @param pooled whether a pooler stands between
     * @param progress called several times a second, by the calling thread
     * @param cancelled asked as often; then the dump is given up
     * @throws BackupException if it is not possible, or came to nothing
     * @throws CancellationException if it was given up
     * @throws SQLException if the connection fails
     */
    public TakenBackup take(
            Connection connection,
            int serverVersion,
            boolean pooled,
            BackupRequest request,
            BackupProgress progress,
            BooleanSupplier cancelled)
            throws BackupException, SQLException {
        checks.pooler(pooled);
        ClientPrograms programs = ClientPrograms.find(options.programs(), ServerFacts.major(serverVersion));
        DumpedRelations database = DumpedRelations.read(connection);
        checks.size(database);
        checks.rights(connection, database);
        LibpqConnection to = LibpqConnection.of(connection, password);
        checks.environment(to);
        UnfinishedDump dump = begin(request, database);
        boolean complete = false;
        try {
            List<Table> tables;
            try (SharedSnapshot snapshot = SharedSnapshot.take(connection)) {
                tables = snapshot.tables();
                ClientProgram.Result result = programs.program("pg_dump", to)
                        .run(
                                pgDump.arguments(dump.path(), snapshot.id(), database.role()),
                                ClientProgram.Output.NONE,
                                () -> progress.on(dump.size(), database.tableBytes()),
                                cancelled);
                if (!result.succeeded()) {
                    throw pgDump.failure(result, to, directory);
                }
                if (!result.errors().isEmpty()) {
                    LOG.warn("pg_dump made {} and warns: {}", dump.path(), result.errors());
                }
            }
            DumpCompleteness.require(programs, dump.path(), tables);
            long bytes = dump.size();
            Path file = dump.complete();
            complete = true;
            progress.on(bytes, bytes);
            return new TakenBackup(file.toString(), bytes, "restore " + ShellWord.of(file.toString()));
        } catch (IOException e) {
            throw BackupException.failed(
                    "the dump could not be made: " + Reason.of(e), "Look at " + directory + " and try again.", e);
        } finally {
            if (!complete) {
                discard(dump);
            }
        }
    }

    private UnfinishedDump begin(BackupRequest request, DumpedRelations database) throws BackupException {
        try {
            UnfinishedDump.makeDirectory(directory);
            BackupFiles files = new BackupFiles(directory);
            for (Path abandoned : files.unfinished(request.database())) {
                if (FileTree.lastWritten(abandoned).isBefore(Instant.now().minus(ABANDONED))) {
                    FileTree.delete(abandoned);
                }
            }
            checks.room(directory, database, files.latest(request.database()));
            return UnfinishedDump.create(directory, DumpName.of(request), options.format());
        } catch (IOException e) {
            throw BackupException.notPossible(
                    "backups cannot be written to " + directory + ": " + Reason.of(e),
                    "Name a folder that the application may write to with migrator.backup.directory.");
        }
    }

    private static void discard(UnfinishedDump dump) {
        try {
            dump.delete();
        } catch (IOException e) {
            LOG.warn("What is left of a dump, {}, could not be deleted: {}", dump.path(), Reason.of(e));
        }
    }
}
