package dev.migrator.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;

/**
 * A process that has come to its end well.
 *
 * @param seconds from its start to its end, by the clock
 * @param processor the seconds that it has had of the processor
 * @param output what it printed
 */
record Measured(double seconds, double processor, String output) {

    /**
     * Runs a program.
     *
     * @throws IOException if it fails, with what it printed
     */
    static Measured run(List<String> command) throws IOException, InterruptedException {
        // not a pipe: a server that is started in the background would keep it open
        File out = File.createTempFile("benchmark", ".out");
        double processor = ProcessorTime.ofEndedChildren("self");
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out)
                .start();
        int exit = process.waitFor();
        double seconds = (System.nanoTime() - start) / 1e9;
        String output = Files.readString(out.toPath(), StandardCharsets.UTF_8);
        Files.delete(out.toPath());
        if (exit != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + exit + ":\n" + output);
        }
        return new Measured(seconds, ProcessorTime.ofEndedChildren("self") - processor, output);
    }
}
