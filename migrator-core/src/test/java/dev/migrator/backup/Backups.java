package dev.migrator.backup;

import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.migrator.testing.InstalledPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** Takes dumps as a run would. */
final class Backups {

    BackupOptions options;
    String password;
    BackupProgress progress = BackupProgress.NONE;
    Duration lockWait = Duration.ofSeconds(30);
    boolean pooled;

    private final InstalledPostgres server;
    private final AtomicBoolean cancelled = new AtomicBoolean();

    Backups(InstalledPostgres server, Path folder) {
        this.server = server;
        this.options =
                new BackupOptions(BackupMode.AUTO, folder, BackupFormat.CUSTOM, 2, 1L << 30, 5, null, server.bin());
    }

    static BackupOptions options(BackupOptions old, BackupFormat format, int jobs) {
        return new BackupOptions(
                old.mode(), old.directory(), format, jobs, old.maxSize(), old.keep(), old.keepFor(), old.programs());
    }

    static BackupOptions options(BackupOptions old, BackupMode mode, long maxSize, Path programs) {
        return new BackupOptions(
                mode, old.directory(), old.format(), old.jobs(), maxSize, old.keep(), old.keepFor(), programs);
    }

    Path folder() {
        return options.directory();
    }

    TakenBackup take(String database) throws BackupException, SQLException {
        return take(database, "postgres", "");
    }

    TakenBackup take(String database, String user, String itsPassword) throws BackupException, SQLException {
        try (Connection connection = server.dataSource(database).getConnection(user, itsPassword)) {
            return take(connection, database);
        }
    }

    TakenBackup take(Connection connection, String database) throws BackupException, SQLException {
        int version = connection.getMetaData().getDatabaseMajorVersion() * 10_000;
        return new DumpBackup(options, password, lockWait)
                .take(
                        connection,
                        version,
                        pooled,
                        new BackupRequest(
                                database, "before-12", UUID.randomUUID(), Instant.parse("2026-11-21T16:00:00Z")),
                        progress,
                        cancelled::get);
    }

    BackupException failure(String database) {
        return failure(database, "postgres", "");
    }

    BackupException failure(String database, String user, String itsPassword) {
        return catchThrowableOfType(BackupException.class, () -> take(database, user, itsPassword));
    }

    /** The names of what is in the folder. */
    List<String> left() {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String mode(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A session that has done something in a transaction that it does not end. */
    static Connection holding(InstalledPostgres server, String database, String statement) throws SQLException {
        Connection connection = server.dataSource(database).getConnection();
        connection.setAutoCommit(false);
        connection.createStatement().execute(statement);
        return connection;
    }

    /** Takes one in another thread. */
    Running start(String database, String user, String itsPassword) {
        password = itsPassword;
        return new Running(CompletableFuture.supplyAsync(() -> {
            try {
                return take(database, user, itsPassword);
            } catch (BackupException | SQLException e) {
                throw new CompletionException(e);
            }
        }));
    }

    Running start(String database) {
        return start(database, "postgres", "");
    }

    /** A dump that is being taken. */
    final class Running implements AutoCloseable {

        private final CompletableFuture<TakenBackup> result;

        private Running(CompletableFuture<TakenBackup> result) {
            this.result = result;
        }

        /** Waits until it waits for a table that somebody holds. */
        ProcessHandle awaitPgDump() {
            await().atMost(Duration.ofSeconds(20)).until(() -> result.isDone() || waits());
            // another one may still be at its end, which has only said its version
            return ProcessHandle.current()
                    .children()
                    .filter(process -> process.info()
                            .commandLine()
                            .filter(line -> line.contains("pg_dump") && line.contains(folder().toString()))
                            .isPresent())
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("No pg_dump waits: " + result));
        }

        private boolean waits() {
            return !server.column(
                            "postgres",
                            "SELECT pid FROM pg_stat_activity WHERE application_name ="
                                    + " 'migrator: pg_dump' AND wait_event_type = 'Lock'")
                    .isEmpty();
        }

        TakenBackup taken() throws Exception {
            return result.get(20, TimeUnit.SECONDS);
        }

        /** What it ended with. */
        Throwable failure() {
            return result.handle((taken, failure) -> failure.getCause())
                    .orTimeout(20, TimeUnit.SECONDS)
                    .orTimeout(1, TimeUnit.MINUTES)
                    .join();
        }

        void cancel() {
            cancelled.set(true);
        }

        @Override
        public void close() {
            cancelled.set(true);
            result.handle((taken, failure) -> taken)
                    .orTimeout(1, TimeUnit.MINUTES)
                    .join();
            cancelled.set(false);
        }
    }
}
