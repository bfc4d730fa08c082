package dev.migrator.benchmarks;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The PostgreSQL that is measured against: the one that {@code PGHOST}, {@code PGPORT}, {@code PGUSER} and {@code PGPASSWORD}
 * name, or else a new one of the newest that Debian has installed, with its defaults, but without fsync: it is the clients that
 * are compared, not the disk.
 */
final class Server implements AutoCloseable {

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    private final String host;
    private final int port;
    private final String user;
    private final @Nullable String password;
    private final String psql;
    private final @Nullable Path bin;
    private final @Nullable Path folder;
    private volatile boolean closed;

    private Server(
            String host,
            int port,
            String user,
            @Nullable String password,
            String psql,
            @Nullable Path bin,
            @Nullable Path folder) {
        this.host = host;
        this.port = port;
        this.user = user;
        this.password = password;
        this.psql = psql;
        this.bin = bin;
        this.folder = folder;
    }

    static Server open() throws IOException, InterruptedException {
        String host = System.getenv("PGHOST");
        if (host == null) {
            return start();
        }
        String port = System.getenv().getOrDefault("PGPORT", "5432");
        String user = System.getenv().getOrDefault("PGUSER", System.getProperty("user.name"));
        return new Server(host, Integer.parseInt(port), user, System.getenv("PGPASSWORD"), "psql", null, null);
    }

    private static Server start() throws IOException, InterruptedException {
        Path bin = newest();
        int port = freePort();
        Path folder = Files.createTempDirectory("migrator-benchmark");
        Server server = new Server(
                "127.0.0.1", port, "postgres", null, bin.resolve("psql").toString(), bin, folder);
        // also what is interrupted, or fails before it is open, leaves nothing
        Runtime.getRuntime().addShutdownHook(new Thread(server::closeAtEnd));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path data = folder.resolve("data");
        server.asServer("initdb", "-D", data.toString(), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync");
        server.asServer(
                "pg_ctl",
                "start",
                "-w",
                "-D",
                data.toString(),
                "-l",
                folder.resolve("log").toString(),
                "-o",
                "-p " + port + " -c fsync=off -c unix_socket_directories=" + folder);
        return server;
    }

    private static Path newest() throws IOException {
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.filter(version -> version.getFileName().toString().matches("\\d{1,9}(\\.\\d{1,9})?"))
                    .filter(version -> Files.isExecutable(version.resolve("bin").resolve("initdb")))
                    .max(Comparator.comparingDouble(
                            version -> Double.parseDouble(version.getFileName().toString())))
                    .map(version -> version.resolve("bin"))
                    .orElseThrow(() -> new IOException("no server in " + DEBIAN + "; name one by PGHOST and PGUSER"));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** The server refuses to run as root. */
    private void asServer(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        command.add(bin == null ? program : bin.resolve(program).toString());
        command.addAll(List.of(arguments));
        Measured.run(command);
    }

    PGSimpleDataSource dataSource(String database) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setServerNames(new String[] {host});
        dataSource.setPortNumbers(new int[] {port});
        dataSource.setDatabaseName(database);
        dataSource.setUser(user);
        if (password != null) {
            dataSource.setPassword(password);
        }
        return dataSource;
    }

    /** A new, empty database in the place of one of that name. */
    void recreate(String database) throws SQLException {
        execute("postgres", "DROP DATABASE IF EXISTS " + database);
        execute("postgres", "CREATE DATABASE " + database);
        // what was written before is not to be paid for by what is measured next
        execute("postgres", "CHECKPOINT");
    }

    void execute(String database, String text) throws SQLException {
        try (Connection connection = dataSource(database).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    /** psql, reading a file; it takes the password from the environment. */
    List<String> psql(String database, Path file, String... options) {
        List<String> command = new ArrayList<>(List.of(psql, "-X", "-q", "-h", host, "-p", "" + port, "-U", user));
        command.addAll(List.of(options));
        command.addAll(List.of("-v", "ON_ERROR_STOP=1", "-d", database, "-f", file.toString()));
        return command;
    }

    /** A JVM that migrates a database with what is in a folder, with so much heap. */
    List<String> migrator(String database, Path folder, String heap) {
        return List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx" + heap,
                "-cp",
                System.getProperty("java.class.path"),
                MigrateOnce.class.getName(),
                host,
                "" + port,
                user,
                database,
                folder.toString());
    }

    /** What the sessions that have ended have had of the processor, in seconds; 0 where the server was not started here. */
    double processor() throws IOException {
        if (folder == null) {
            return 0;
        }
        Path pid = folder.resolve("data").resolve("postmaster.pid");
        return ProcessorTime.ofEndedChildren(Files.readAllLines(pid).get(0));
    }

    private void closeAtEnd() {
        try {
            if (!closed) {
                endPrograms();
            }
            close();
        } catch (InterruptedException | IOException e) {
            System.err.println("Something is left of the server in " + folder + ": " + e.getMessage());
        }
    }

    /** Those that have been interrupted, as initdb, whose server would not let itself be stopped. */
    private static void endPrograms() throws InterruptedException {
        List<ProcessHandle> programs = ProcessHandle.current().descendants().toList();
        programs.forEach(ProcessHandle::destroy);
        for (int i = 0; i < 100 && programs.stream().anyMatch(ProcessHandle::isAlive); i++) {
            Thread.sleep(100);
        }
    }

    /** Ends the server, if it was started here, and does nothing when it is called again. */
    @Override
    public synchronized void close() throws IOException {
        if (folder == null || closed) {
            return;
        }
        closed = true;
        Path data = folder.resolve("data");
        try {
            if (Files.exists(data.resolve("postmaster.pid"))) {
                asServer("pg_ctl", "stop", "-w", "-m", "immediate", "-D", data.toString());
            }
            Measured.run(List.of("rm", "-r", folder.toString()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The server in " + folder + " may still run", e);
        }
    }
}
