package dev.migrator.psql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A server made of the PostgreSQL that is installed on this machine, which has psql and pg_dump of its own version; the
 * embedded one has neither.
 */
final class InstalledPostgres implements AutoCloseable {

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    private final Path bin;
    private final Path data;
    private final int port;

    private InstalledPostgres(Path bin, Path data, int port) {
        this.bin = bin;
        this.data = data;
        this.port = port;
    }

    /** The newest one, started; empty if none with all its programs is installed. */
    static Optional<InstalledPostgres> start() {
        return bin().map(InstalledPostgres::start);
    }

    private static Optional<Path> bin() {
        if (!Files.isDirectory(DEBIAN)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.sorted(Comparator.comparing((Path version) ->
                                    Integer.parseInt(version.getFileName().toString()))
                            .reversed())
                    .map(version -> version.resolve("bin"))
                    .filter(bin -> Stream.of("initdb", "postgres", "psql", "pg_dump")
                            .allMatch(program -> Files.isExecutable(bin.resolve(program))))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InstalledPostgres start(Path bin) {
        try {
            Path data = Files.createTempDirectory("installed-postgres");
            Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwxrwx"));
            int port = freePort();
            InstalledPostgres server = new InstalledPostgres(bin, data, port);
            server.asServer(
                    "initdb", "-D", data + "/data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8");
            server.asServer(
                    "pg_ctl",
                    "-D",
                    data + "/data",
                    "-w",
                    "-l",
                    data + "/log",
                    "-o",
                    "-F -p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=" + data,
                    "start");
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** The server refuses to run as root. */
    private void asServer(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        command.add(bin.resolve(program).toString());
        command.addAll(List.of(arguments));
        Result result = run(command);
        if (result.exitCode() != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": " + result.output());
        }
    }

    void createDatabase(String name) {
        Result result = psql("postgres", "-c", "CREATE DATABASE " + name);
        if (result.exitCode() != 0) {
            throw new IllegalStateException(result.output());
        }
    }

    DataSource dataSource(String database) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setServerNames(new String[] {"127.0.0.1"});
        dataSource.setPortNumbers(new int[] {port});
        dataSource.setDatabaseName(database);
        dataSource.setUser("postgres");
        return dataSource;
    }

    /** Applies a script as a person would who wants to stop at the first error. */
    Result psqlFile(String database, Path script) {
        return psql(database, "-v", "ON_ERROR_STOP=1", "-f", script.toString());
    }

    private Result psql(String database, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                bin.resolve("psql").toString(),
                "-X",
                "-q",
                "-h",
                "127.0.0.1",
                "-p",
                "" + port,
                "-U",
                "postgres",
                "-d",
                database));
        command.addAll(List.of(arguments));
        return run(command);
    }

    /** The database, but for the history. */
    String dump(String database, boolean schemaOnly) {
        Result result = run(List.of(
                bin.resolve("pg_dump").toString(),
                "-h",
                "127.0.0.1",
                "-p",
                "" + port,
                "-U",
                "postgres",
                "-T",
                "public.migrator_history",
                "-T",
                "public.migrator_history_id_seq",
                schemaOnly ? "--schema-only" : "--no-password",
                database));
        if (result.exitCode() != 0) {
            throw new IllegalStateException(result.output());
        }
        // pg_dump puts a random word into these since 15.14
        return result.output()
                .lines()
                .filter(line -> !line.startsWith("\\restrict ") && !line.startsWith("\\unrestrict "))
                .collect(Collectors.joining("\n"));
    }

    private static Result run(List<String> command) {
        try {
            Path output = Files.createTempFile("installed-postgres", ".out");
            try {
                Process process = new ProcessBuilder(command)
                        .directory(Path.of("/").toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
                if (!process.waitFor(5, TimeUnit.MINUTES)) {
                    process.destroyForcibly();
                }
                return new Result(process.waitFor(), Files.readString(output));
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        asServer("pg_ctl", "-D", data + "/data", "-m", "immediate", "-w", "stop");
        try (Stream<Path> files = Files.walk(data)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How a program ended, and what it printed. */
    record Result(int exitCode, String output) {}
}
