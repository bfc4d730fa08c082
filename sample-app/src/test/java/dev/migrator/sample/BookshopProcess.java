package dev.migrator.sample;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.web.client.RestClient;

/** The sample as a process of its own, on a free port. Its output goes to a file. */
final class BookshopProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Process process;
    private final int port;
    private final Path output;

    private BookshopProcess(Process process, int port, Path output) {
        this.process = process;
        this.port = port;
        this.output = output;
    }

    /** Starts it with the data directory, and returns when it takes traffic. */
    static BookshopProcess start(Path directory, Path data) throws IOException {
        return launch(directory, data).awaitReady();
    }

    /** The same, with a jar in place of the classes. */
    static BookshopProcess startJar(Path jar, Path data) throws IOException {
        return launch(List.of("-jar", jar.toString()), data.toAbsolutePath().getParent(), data)
                .awaitReady();
    }

    /** Starts it in the directory, and does not wait. */
    static BookshopProcess launch(Path directory, Path data) throws IOException {
        List<String> classes = List.of("-cp", System.getProperty("java.class.path"), Bookshop.class.getName());
        return launch(classes, directory, data);
    }

    private static BookshopProcess launch(List<String> program, Path directory, Path data) throws IOException {
        int port = freePort();
        Path output = Files.createTempFile(data.toAbsolutePath().getParent(), "bookshop", ".log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(program);
        command.add("--server.port=" + port);
        command.add("--bookshop.data-directory=" + data);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("SPRING_"));
        return new BookshopProcess(builder.start(), port, output);
    }

    private BookshopProcess awaitReady() {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(this::isReady);
        return this;
    }

    int port() {
        return port;
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    /** Ends it as {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Waits for its own end, and returns its exit code. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("The sample still runs");
        }
        return process.exitValue();
    }

    /** Ends it as Ctrl-C does, and waits until its PostgreSQL has stopped too. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    private boolean isReady() throws IOException {
        if (!process.isAlive()) {
            throw new AssertionError("The sample has ended with " + process.exitValue() + ":\n" + output());
        }
        try {
            Map<?, ?> health = RestClient.create()
                    .get()
                    .uri("http://localhost:" + port + "/actuator/health/readiness")
                    .retrieve()
                    .body(Map.class);
            return health != null && "UP".equals(health.get("status"));
        } catch (RuntimeException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
