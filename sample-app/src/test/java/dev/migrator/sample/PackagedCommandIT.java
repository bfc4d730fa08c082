package dev.migrator.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands in the packaged application: picocli and the commands are in jars inside its jar there. */
class PackagedCommandIT {

    @TempDir
    Path directory;

    /** Its standard output, when it has ended well. */
    private String run(String... arguments) throws Exception {
        Path jar = Readme.read().project().resolve("sample-app/target/sample-app.jar");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                jar.toString()));
        command.add("migrations");
        command.addAll(List.of(arguments));
        command.add("--bookshop.data-directory=" + directory.resolve("data"));
        Path out = directory.resolve("out.txt");
        Path err = directory.resolve("err.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("SPRING_"));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("it ends").isTrue();
            assertThat(process.exitValue()).as(Files.readString(err)).isZero();
            return Files.readString(out);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aJobMigratesAndTheStatusSaysSo() throws Exception {
        assertThat(run("migrate")).contains("Migrations: 18 found, 18 applied");

        JsonNode status = JsonMapper.shared().readTree(run("status", "--json", "--tables"));

        assertThat(status.get("state").asString()).isEqualTo("succeeded");
        assertThat(status.get("currentVersion").asString()).isEqualTo("17");
        assertThat(status.get("pending").asInt()).isZero();
        assertThat(status.get("tables").findValuesAsString("name")).contains("books", "schema_migrations");
    }
}
