package dev.migrator.sample.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A server of the PostgreSQL that is installed on this machine, for it has pg_dump; that inside the sample has not. */
final class InstalledServer implements AutoCloseable {

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    private final Path bin;
    private final Path folder;
    private final int port;

    private InstalledServer(Path bin, Path folder, int port) {
        this.bin = bin;
        this.folder = folder;
        this.port = port;
    }

    /** Started; skips the test if none is installed, but on a build server, where that is a failure. */
    static InstalledServer start() throws IOException {
        Path bin = newest().orElse(null);
        String missing = "no PostgreSQL with its programs is installed (Debian's package: postgresql)";
        if (System.getenv("CI") != null) {
            Assertions.assertThat(bin).as(missing).isNotNull();
        }
        Assumptions.assumeTrue(bin != null, missing);
        Path folder = Files.createTempDirectory("installed-server");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        InstalledServer server = new InstalledServer(bin, folder, freePort());
        String data = server.data().toString();
        server.run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8");
        String options = "-F -p " + server.port + " -k " + folder;
        server.run("pg_ctl", "-D", data, "-w", "-l", folder + "/log", "-o", options, "start");
        return server;
    }

    private static Optional<Path> newest() throws IOException {
        if (!Files.isDirectory(DEBIAN)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Stream.of("initdb", "pg_dump", "pg_restore")
                            .allMatch(program -> Files.isExecutable(bin.resolve(program))))
                    .max(Comparator.comparing(
                            bin -> Integer.valueOf(bin.getParent().getFileName().toString())));
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    /** The server refuses to run as root. */
    private void run(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        command.add(bin.resolve(program).toString());
        command.addAll(List.of(arguments));
        // a file, not a pipe: the server would hold the pipe open
        Path output = folder.resolve(program + ".out");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.onExit().orTimeout(2, TimeUnit.MINUTES).join();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    }

    void createDatabase(String name) {
        jdbc("postgres").sql("create database " + name).update();
    }

    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    JdbcClient jdbc(String database) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(url(database));
        dataSource.setUser("postgres");
        return JdbcClient.create(dataSource);
    }

    /** The folder of its programs. */
    Path bin() {
        return bin;
    }

    @Override
    public void close() throws IOException {
        run("pg_ctl", "-D", data().toString(), "-w", "-m", "immediate", "stop");
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
