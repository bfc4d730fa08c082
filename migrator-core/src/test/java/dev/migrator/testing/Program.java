package dev.migrator.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of the machine that runs to its end. */
public final class Program {

    private Program() {}

    /** How a program ended, and what it printed. */
    public record Result(int exitCode, String output) {}

    /** Runs a program, whatever its end is. */
    public static Result run(List<String> command) {
        try {
            // a file, not a pipe: a server that the program leaves behind would hold the pipe open
            Path output = Files.createTempFile("program", ".out");
            try {
                Process process = new ProcessBuilder(command)
                        .directory(Path.of("/").toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
                if (!process.waitFor(2, TimeUnit.MINUTES)) {
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

    /** Runs a program that has to succeed. */
    public static String succeed(List<String> command) {
        Result result = run(command);
        if (result.exitCode() != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": " + result.output());
        }
        return result.output();
    }

    public static String succeed(String... command) {
        return succeed(List.of(command));
    }
}
