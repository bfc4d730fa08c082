package dev.migrator.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.testing.InstalledPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The walk in the README, typed as it stands there, with the jar as users start it. What it prints is as shown, where … stands
 * for anything.
 */
class ReadmeWalkIT {

    private static final Path JAR = Path.of(requireNonNull(System.getProperty("migrator.cli.jar")));
    private static final Path JAVA =
            Path.of(ProcessHandle.current().info().command().orElseThrow());

    @TempDir
    Path folder;

    /** Commands, and what they print. */
    private record Stop(String commands, List<String> output) {}

    @Test
    void leadsThereAndBack() throws Exception {
        Files.copy(JAR, folder.resolve("migrator-cli.jar"));
        List<Stop> walk = walk();
        assertThat(walk).hasSizeGreaterThan(4);
        try (InstalledPostgres server = InstalledPostgres.start()) {
            server.createDatabase("shop");
            for (Stop stop : walk) {
                String printed = type(stop.commands(), server);
                assertThat(printed).as(stop.commands()).containsPattern(pattern(stop.output()));
            }
        }
    }

    /** All but the first block, which says where the database is: that is another one here. */
    private static List<Stop> walk() throws IOException {
        List<String> blocks = new ArrayList<>();
        boolean inWalk = false;
        StringBuilder block = null;
        for (String line : Files.readAllLines(Path.of("..", "README.md"))) {
            if (line.startsWith("## ")) {
                inWalk = line.startsWith("## A walk");
            } else if (inWalk && block == null && line.startsWith("```")) {
                block = new StringBuilder(line.substring(3)).append('\n');
            } else if (block != null && line.equals("```")) {
                blocks.add(block.toString());
                block = null;
            } else if (block != null) {
                block.append(line).append('\n');
            }
        }
        assertThat(blocks.remove(0)).contains("export MIGRATOR_URL=");
        List<Stop> stops = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i += 2) {
            assertThat(blocks.get(i)).startsWith("shell\n");
            assertThat(blocks.get(i + 1)).startsWith("text\n");
            stops.add(new Stop(
                    blocks.get(i).substring("shell\n".length()),
                    blocks.get(i + 1).substring("text\n".length()).lines().toList()));
        }
        return stops;
    }

    private String type(String commands, InstalledPostgres server) throws Exception {
        Path output = folder.resolve("printed");
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", commands)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("PATH", JAVA.getParent() + ":" + server.bin() + ":" + environment.get("PATH"));
        environment.put("MIGRATOR_URL", server.url("shop"));
        environment.put("MIGRATOR_USER", "postgres");
        environment.put("PGHOST", "127.0.0.1");
        environment.put("PGPORT", "" + server.port());
        environment.put("PGDATABASE", "shop");
        environment.put("PGUSER", "postgres");
        Process process = builder.start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as(commands).isTrue();
            return Files.readString(output);
        } finally {
            process.destroyForcibly();
        }
    }

    /** The lines in their order, with others between them. */
    private static Pattern pattern(List<String> lines) {
        StringBuilder pattern = new StringBuilder("(?s)");
        for (String line : lines) {
            if (line.isBlank() || line.equals("…")) {
                continue;
            }
            pattern.append("(?:^|(?<=\n))");
            for (String part : line.split("(?<=…)|(?=…)")) {
                pattern.append(part.equals("…") ? "[^\n]*" : Pattern.quote(part));
            }
            pattern.append("\n.*");
        }
        return Pattern.compile(pattern.toString());
    }
}
