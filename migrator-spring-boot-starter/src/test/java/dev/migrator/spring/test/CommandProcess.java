package dev.migrator.spring.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A process of {@link TouchyApplication}: only there one sees how it ends, and what it writes where. */
public final class CommandProcess implements AutoCloseable {

    private final Process process;
    private final Path folder;

    /**
     * How it ended.
     *
     * @param touched the parts of the application that were used
     */
    public record Ended(int code, String out, String err, List<String> touched) {}

    private CommandProcess(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    /** Starts it, with the options of the JVM before the arguments. */
    public static CommandProcess start(Path folder, List<String> jvm, String... arguments) throws IOException {
        return start(folder, command(folder, jvm, arguments));
    }

    /** Starts it on a terminal, whose keyboard is the process's input and whose screen is what it says. */
    public static CommandProcess onTerminal(Path folder, List<String> jvm, String... arguments) throws IOException {
        String line = command(folder, jvm, arguments).stream()
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" "));
        return start(
                folder,
                List.of("/usr/bin/script", "--quiet", "--return", "--flush", "-c", "exec " + line, "/dev/null"));
    }

    private static List<String> command(Path folder, List<String> jvm, String... arguments) throws IOException {
        Path touched = Files.createDirectories(folder.resolve("touched"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dtouched=" + touched,
                "-Dserver.port=0",
                "-D" + RunningApplication.UNSECURED,
                "-Dmigrator.connect.timeout=0"));
        command.addAll(jvm);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), TouchyApplication.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static CommandProcess start(Path folder, List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out.txt").toFile())
                .redirectError(folder.resolve("err.txt").toFile())
                .start();
        return new CommandProcess(process, folder);
    }

    /** What it has written to its standard output, or its terminal, so far. */
    public String out() throws IOException {
        return Files.readString(folder.resolve("out.txt"));
    }

    public Process process() {
        return process;
    }

    /** Waits for its own end. */
    public Ended ended() throws IOException, InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("It has not ended: " + Files.readString(folder.resolve("err.txt")));
        }
        return new Ended(
                process.exitValue(),
                Files.readString(folder.resolve("out.txt")),
                Files.readString(folder.resolve("err.txt")),
                touched());
    }

    public List<String> touched() throws IOException {
        try (var files = Files.list(folder.resolve("touched"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
