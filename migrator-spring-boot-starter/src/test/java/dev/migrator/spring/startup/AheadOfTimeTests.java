package dev.migrator.spring.startup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.spring.test.Postgres;
import dev.migrator.spring.test.TinyApplication;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplicationAotProcessor;

/**
 * An application that is built ahead of time heeds the properties that it is started with. What the conditions say is settled
 * when it is built.
 */
class AheadOfTimeTests {

    private static final String CLASS_PATH = System.getProperty("java.class.path");

    @TempDir
    private Path folder;

    private final String url = Postgres.newDatabase();

    @ParameterizedTest
    @ValueSource(strings = {"ready", "initialization"})
    void whatIsTurnedOffWhenItStartsDoesNotRun(String runAt) throws Exception {
        build("migrator.run-at=" + runAt);

        assertThat(start("migrator.run-at=" + runAt, "migrator.enabled=false")).contains("exit code 0");
        assertThat(Postgres.tableExists(url, "schema_migrations")).isFalse();

        assertThat(start("migrator.run-at=" + runAt)).contains("exit code 0");
        assertThat(Postgres.tableExists(url, "books")).isTrue();
    }

    @Test
    void whatWasTurnedOffWhenItWasBuiltRunsWhereItIsTurnedOn() throws Exception {
        build("migrator.enabled=false");

        assertThat(start("migrator.enabled=true")).contains("exit code 0");
        assertThat(Postgres.tableExists(url, "books")).isTrue();
    }

    @Test
    void anotherMomentThanTheOneThatItWasBuiltForEndsTheStart() throws Exception {
        build("migrator.run-at=ready");

        assertThat(start("migrator.run-at=lifecycle"))
                .contains("was built ahead of time with migrator.run-at=ready")
                .contains("Build the application with migrator.run-at=lifecycle")
                .contains("exit code 2");
        assertThat(Postgres.tableExists(url, "books")).isFalse();
    }

    private void build(String... properties) throws Exception {
        Path sources = folder.resolve("sources");
        Path classes = folder.resolve("classes");
        List<String> processing = new ArrayList<>(List.of(
                "-cp",
                CLASS_PATH,
                SpringApplicationAotProcessor.class.getName(),
                TinyApplication.class.getName(),
                sources.toString(),
                classes.toString(),
                classes.toString(),
                "dev.migrator",
                "tiny"));
        assertThat(java(processing, properties)).contains("exit code 0");
        List<String> compiling = new ArrayList<>(List.of(
                "-proc:none", "-nowarn", "-d", classes.toString(), "-cp", classes + File.pathSeparator + CLASS_PATH));
        try (Stream<Path> files = Files.walk(sources)) {
            files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(compiling::add);
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, compiling.toArray(String[]::new)))
                .isZero();
    }

    private String start(String... properties) throws Exception {
        return java(
                List.of(
                        "-Dspring.aot.enabled=true",
                        "-cp",
                        folder.resolve("classes") + File.pathSeparator + CLASS_PATH,
                        TinyApplication.class.getName()),
                properties);
    }

    /** What a JVM says, and how it ends. */
    private String java(List<String> arguments, String... properties) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        command.addAll(arguments);
        command.addAll(options(properties));
        Path said = folder.resolve("said.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertThat(process.waitFor(150, TimeUnit.SECONDS)).isTrue();
            return Files.readString(said) + "\nexit code " + process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private List<String> options(String... properties) {
        return Stream.concat(Stream.of("spring.datasource.url=" + url), Stream.of(properties))
                .map("--"::concat)
                .toList();
    }
}
