package dev.migrator.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.Migrator;
import dev.migrator.run.MigrationReport;
import dev.migrator.run.MigratorException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of its own that migrates and ends; it can be killed. */
final class MigratingProcess implements AutoCloseable {

    private static final String READY = "ready";

    private final Process process;
    private final BufferedReader output;
    private final List<String> lines = new ArrayList<>();

    private MigratingProcess(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts a JVM, which waits for {@link #go()}. */
    static MigratingProcess start(String url, String... locations) {
        return start(Route.STRAIGHT, url, locations);
    }

    /** The same, on one of the routes. */
    static MigratingProcess start(Route route, String url, String... locations) {
        return start(List.of(), route, url, locations);
    }

    /** The same, by way of another program. */
    static MigratingProcess start(List<String> launcher, Route route, String url, String... locations) {
        List<String> command = new ArrayList<>(launcher);
        command.addAll(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx48m",
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                MigratingProcess.class.getName(),
                route.name(),
                url));
        command.addAll(List.of(locations));
        try {
            return new MigratingProcess(
                    new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the JVM has started, so that what follows is the migration alone. */
    MigratingProcess awaitReady() {
        while (!lines.contains(READY)) {
            assertThat(readLine()).as("the process ended: " + lines).isTrue();
        }
        return this;
    }

    private boolean readLine() {
        try {
            String line = output.readLine();
            if (line != null) {
                lines.add(line);
            }
            return line != null;
        } catch (IOException e) {
            return false; // a killed process's pipe
        }
    }

    /** Lets it migrate. */
    MigratingProcess go() {
        try {
            process.outputWriter(StandardCharsets.UTF_8).append("go\n").flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    boolean endsWithin(long millis) {
        try {
            return process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
        assertThat(endsWithin(10_000)).isTrue();
    }

    /** Waits for its end and gives its exit code; 137 is SIGKILL's. */
    int exitCode() {
        assertThat(endsWithin(120_000)).as("still running after two minutes").isTrue();
        return process.exitValue();
    }

    /** What it has printed; to be asked when it has ended. */
    String output() {
        while (readLine()) {
            // until there is no more
        }
        return String.join("\n", lines);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** The process's own side. */
    public static void main(String[] arguments) throws IOException {
        Migrator migrator = Route.valueOf(arguments[0])
                .migrator(arguments[1])
                .locations(Arrays.copyOfRange(arguments, 2, arguments.length))
                .build();
        System.out.println(READY);
        int go = System.in.read();
        try {
            MigrationReport report = migrator.migrate();
            System.out.println((go < 0 ? "left alone, " : "") + "applied "
                    + report.applied().size());
        } catch (MigratorException e) {
            System.out.println(e.getMessage());
            System.exit(e.exitCode().value());
        }
    }
}
