package dev.migrator.spring.startup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.Migrator;
import dev.migrator.spring.test.FailingApplication;
import dev.migrator.spring.test.Postgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A process of its own for each test: only there one sees that it ends, and how. */
class ExitCodeTests {

    @TempDir
    Path directory;

    private record Ended(int code, String output) {}

    private Ended run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                FailingApplication.class.getName(),
                "--server.port=0",
                "--spring.datasource.hikari.connection-timeout=1000",
                "--spring.datasource.password=hunter2",
                "--migrator.retry.max-attempts=1",
                "--migrator.connect.timeout=0"));
        command.addAll(List.of(arguments));
        Path output = directory.resolve("output.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("it ends, although another thread runs on")
                    .isTrue();
            return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }

    @ParameterizedTest
    @CsvSource({"ready, false", "lifecycle, true", "initialization, false"})
    void aFailedMigrationEndsTheProcessWithItsCodeAndSaysAllThatOneNeeds(String runAt, boolean lazy) throws Exception {
        Ended ended = run(
                "--spring.datasource.url=" + Postgres.newDatabase(),
                "--migrator.locations=classpath:db/broken",
                "--spring.main.lazy-initialization=" + lazy,
                "--migrator.run-at=" + runAt);

        assertThat(ended.output())
                .contains(
                        "APPLICATION FAILED TO START",
                        "V2__break.sql:2:1",
                        "crate table nonsense",
                        "42601",
                        "syntax error",
                        "The database:",
                        "Action:")
                .doesNotContain("hunter2");
        assertThat(ended.code()).as(ended.output()).isEqualTo(1);
    }

    @Test
    void problemsOfTheValidationHaveACodeOfTheirOwn() throws Exception {
        Ended ended =
                run("--spring.datasource.url=" + Postgres.newDatabase(), "--migrator.locations=classpath:db/nowhere");

        assertThat(ended.output()).contains("APPLICATION FAILED TO START", "db/nowhere");
        assertThat(ended.code()).as(ended.output()).isEqualTo(3);
    }

    /** Whatever client the machine has: none at all, or one that is too old for the server. */
    @Test
    void aMissingBackupHasACodeOfItsOwnWhereOneIsRequired() throws Exception {
        String url = Postgres.newDatabase();
        Migrator.builder(new DriverManagerDataSource(url)).target("1").build().migrate();

        Ended ended = run(
                "--spring.datasource.url=" + url,
                "--migrator.backup.mode=required",
                "--migrator.backup.programs=" + directory,
                "--migrator.backup.directory=" + directory.resolve("backups"));

        assertThat(ended.output())
                .contains("APPLICATION FAILED TO START", "pg_dump", "The database:", "nothing was run", "Action:")
                .doesNotContain("hunter2", "\tat ");
        assertThat(ended.code()).as(ended.output()).isEqualTo(6);
        assertThat(Postgres.query(url, "SELECT count(*) FROM schema_migrations"))
                .isEqualTo("1");
    }

    @Test
    void anUnreachableDatabaseHasACodeOfItsOwn() throws Exception {
        Ended ended = run("--spring.datasource.url=" + Postgres.unreachable() + "&password=hunter2");

        assertThat(ended.output()).contains("APPLICATION FAILED TO START").doesNotContain("hunter2");
        assertThat(ended.code()).as(ended.output()).isEqualTo(5);
    }

    @Test
    void wrongUsageHasACodeOfItsOwn() throws Exception {
        Ended ended = run("--spring.profiles.active=two", "--spring.datasource.url=" + Postgres.unreachable());

        assertThat(ended.output()).contains("APPLICATION FAILED TO START", "@MigratorDataSource");
        assertThat(ended.code()).as(ended.output()).isEqualTo(2);
    }
}
