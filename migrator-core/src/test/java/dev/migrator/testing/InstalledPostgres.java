package dev.migrator.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A server made of the PostgreSQL that is installed on this machine, which has psql and pg_dump of its own version and can be
 * stopped, started and copied; the embedded one cannot.
 */
public final class InstalledPostgres implements AutoCloseable {

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    private static final List<String> PROGRAMS =
            List.of("initdb", "pg_ctl", "postgres", "psql", "pg_dump", "pg_restore", "pg_basebackup");

    private final Path bin;
    private final Path folder;
    private final int port;

    private InstalledPostgres(Path bin, Path folder, int port) {
        this.bin = bin;
        this.folder = folder;
        this.port = port;
    }

    /** The newest one, started; skips the test if none with all its programs is installed. */
    public static InstalledPostgres start(String... settings) {
        Path bin = newest().orElse(null);
        Requirement.that(bin != null, "no PostgreSQL with its programs is installed (Debian's package: postgresql)");
        InstalledPostgres server = inNewFolder(bin);
        server.asServer(
                "initdb",
                "-D",
                server.data().toString(),
                "-U",
                "postgres",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C.UTF-8");
        server.configure("fsync = off", "unix_socket_directories = '" + server.folder + "'");
        server.configure(settings);
        server.startUp();
        return server;
    }

    private static Optional<Path> newest() {
        if (!Files.isDirectory(DEBIAN)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.sorted(Comparator.comparing((Path version) ->
                                    Integer.parseInt(version.getFileName().toString()))
                            .reversed())
                    .map(version -> version.resolve("bin"))
                    .filter(bin -> PROGRAMS.stream().allMatch(program -> Files.isExecutable(bin.resolve(program))))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InstalledPostgres inNewFolder(Path bin) {
        try {
            Path folder = Files.createTempDirectory("installed-postgres");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
            return new InstalledPostgres(bin, folder, freePort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** A server that follows this one by streaming, started. */
    public InstalledPostgres standby() {
        InstalledPostgres standby = inNewFolder(bin);
        asServer(
                "pg_basebackup",
                "-D",
                standby.data().toString(),
                "-h",
                "127.0.0.1",
                "-p",
                "" + port,
                "-U",
                "postgres",
                "-R",
                "-X",
                "stream",
                "-c",
                "fast");
        standby.configure("unix_socket_directories = '" + standby.folder + "'");
        standby.startUp();
        return standby;
    }

    /** Makes a primary of a standby, and waits until it is one. */
    public void promote() {
        control("promote");
    }

    /** Lets clients of a network in without a password; at the next start. */
    public void admit(String network) {
        append("pg_hba.conf", "host all all " + network + " trust");
    }

    /**
     * Lets clients encrypt what they send; from the next start on.
     *
     * @return the server's certificate, for {@code localhost} and 127.0.0.1, which signs itself
     */
    public Path encrypt() {
        Path certificate = data().resolve("server.crt");
        asUser(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=DNS:localhost,IP:127.0.0.1",
                "-keyout",
                data().resolve("server.key").toString(),
                "-out",
                certificate.toString());
        configure("ssl = on");
        return certificate;
    }

    /** Asks a role, other than the tests' own, for its password; from the next start on. */
    public void askForPassword(String role) {
        asUser(
                "sed",
                "-i",
                "1i host all " + role + " all scram-sha-256",
                data().resolve("pg_hba.conf").toString());
    }

    /** Adds lines to the configuration, of which the last one for a setting counts; they work from the next start on. */
    public void configure(String... settings) {
        append("postgresql.conf", settings);
    }

    private void append(String file, String... lines) {
        String name = data().resolve(file).toString();
        for (String line : lines) {
            // the data folder and what is in it belong to the server's user
            asUser("sh", "-c", "echo \"$1\" >> \"$2\"", "append", line, name);
        }
    }

    public void startUp() {
        control("start", "-l", folder + "/log", "-o", "-p " + port);
    }

    /** Shuts the server down: {@code fast} ends the sessions in order, {@code immediate} is a crash. */
    public void shutDown(String mode) {
        control("stop", "-m", mode);
    }

    private void control(String action, String... more) {
        List<String> arguments = new ArrayList<>(List.of(action, "-D", data().toString(), "-w"));
        arguments.addAll(List.of(more));
        asServer("pg_ctl", arguments.toArray(String[]::new));
    }

    /** A folder that the server may write to, gone with it. */
    public Path folder() {
        return folder;
    }

    private Path data() {
        return folder.resolve("data");
    }

    public int port() {
        return port;
    }

    private void asServer(String program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(bin.resolve(program).toString()));
        command.addAll(List.of(arguments));
        asUser(command.toArray(String[]::new));
    }

    /** The server refuses to run as root. */
    private static void asUser(String... arguments) {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        command.addAll(List.of(arguments));
        Program.succeed(command);
    }

    public void createDatabase(String name) {
        execute("postgres", "CREATE DATABASE " + name);
    }

    public void execute(String database, String... statements) {
        try (Connection connection = dataSource(database).getConnection();
                Statement statement = connection.createStatement()) {
            for (String text : statements) {
                statement.execute(text);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(String.join(";", statements), e);
        }
    }

    /** The first column of each row, as text. */
    public List<String> column(String database, String query) {
        try (Connection connection = dataSource(database).getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    public DataSource dataSource(String database) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setServerNames(new String[] {"127.0.0.1"});
        dataSource.setPortNumbers(new int[] {port});
        dataSource.setDatabaseName(database);
        dataSource.setUser("postgres");
        return dataSource;
    }

    /** Applies a script as a person would who wants to stop at the first error. */
    public Program.Result psqlFile(String database, Path script) {
        return Program.run(List.of(
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
                database,
                "-v",
                "ON_ERROR_STOP=1",
                "-f",
                script.toString()));
    }

    /** The database, but for the history. */
    public String dump(String database, boolean schemaOnly) {
        String output = Program.succeed(
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
                database);
        // pg_dump puts a random word into these since 15.14
        return output.lines()
                .filter(line -> !line.startsWith("\\restrict ") && !line.startsWith("\\unrestrict "))
                .collect(Collectors.joining("\n"));
    }

    /** A dump of the database in a file or folder, by hand. */
    public void dumpTo(String database, Path file, String... options) {
        List<String> command = new ArrayList<>(
                List.of(bin.resolve("pg_dump").toString(), "-h", "127.0.0.1", "-p", "" + port, "-U", "postgres"));
        command.addAll(List.of("-d", database, "-f", file.toString()));
        command.addAll(List.of(options));
        Program.succeed(command);
    }

    /** The folder of its programs. */
    public Path bin() {
        return bin;
    }

    /** Ends the server, whether it runs or not. */
    @Override
    public void close() {
        if (Files.exists(data().resolve("postmaster.pid"))) {
            shutDown("immediate");
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
