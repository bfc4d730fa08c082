package dev.migrator.spring.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.migrator.Migrator;
import dev.migrator.spring.test.FailingApplication;
import dev.migrator.spring.test.Postgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** SIGTERM during a migration, as when Kubernetes ends a pod that is still starting. */
class TerminationTests {

    private static final String NAP = "SELECT pg_sleep(seconds) FROM test.nap;\n";

    private static final String SESSIONS =
            "SELECT count(*) FROM pg_stat_activity" + " WHERE datname = current_database() AND pid <> pg_backend_pid()";

    @TempDir
    Path directory;

    private final String url = Postgres.newDatabase();

    private Process start(String runAt) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FailingApplication.class.getName(),
                        "--server.port=0",
                        "--spring.datasource.url=" + url,
                        "--spring.datasource.hikari.maximum-pool-size=2",
                        "--migrator.locations=filesystem:" + directory,
                        "--migrator.run-at=" + runAt))
                .redirectErrorStream(true)
                .redirectOutput(output().toFile())
                .start();
    }

    private Path output() {
        return directory.resolve("output.txt");
    }

    private void awaitThat(String question) {
        await().atMost(Duration.ofSeconds(60)).until(() -> "t".equals(Postgres.query(url, question)));
    }

    @ParameterizedTest
    @CsvSource({"ready, true", "ready, false", "lifecycle, true", "initialization, true", "initialization, false"})
    void theStatementIsCancelledAndTheNextRunGoesOn(String runAt, boolean oneTransaction) throws Exception {
        Postgres.execute(url, "CREATE SCHEMA test", "CREATE TABLE test.nap AS SELECT 300 AS seconds");
        String vacuum = oneTransaction ? "" : "VACUUM a;\n";
        Files.writeString(directory.resolve("V1__a.sql"), "CREATE TABLE a (id int);\n" + vacuum + NAP);
        Process first = start(runAt);
        try {
            awaitThat("SELECT count(*) = 1 FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(seconds)%'"
                    + " AND state = 'active' AND datname = current_database()");

            first.destroy();

            assertThat(first.waitFor(8, TimeUnit.SECONDS)).as("it ends soon").isTrue();
        } finally {
            first.destroyForcibly();
        }
        assertThat(Postgres.query(url, SESSIONS)).as("sessions").isEqualTo("0");
        assertThat(first.exitValue()).isEqualTo(128 + 15);
        String log = Files.readString(output(), StandardCharsets.UTF_8);
        assertThat(log)
                .contains("The run was cancelled while V1__a.sql:")
                .contains(
                        oneTransaction
                                ? "the server rolled V1__a.sql back as a whole."
                                : "statements 1 to 2 of 3 of V1__a.sql are done and stay.")
                .doesNotContain("onnection was lost", "\tat ", "I/O error", "terminating connection");
        if (oneTransaction) {
            assertThat(Postgres.query(url, "SELECT count(*) FROM schema_migrations"))
                    .isEqualTo("0");
            assertThat(Postgres.tableExists(url, "a")).isFalse();
        } else {
            assertThat(Postgres.query(
                            url,
                            "SELECT state || ' ' || statements_done || ' ' || instance" + " FROM schema_migrations"))
                    .startsWith("interrupted 2 ")
                    .contains("pid " + first.pid());
        }

        Postgres.execute(url, "UPDATE test.nap SET seconds = 0");
        // without a process: how it goes on is the same however it is started
        Migrator.builder(new DriverManagerDataSource(url))
                .locations("filesystem:" + directory)
                .build()
                .migrate();
        assertThat(Postgres.query(url, "SELECT state FROM schema_migrations ORDER BY id DESC LIMIT 1"))
                .isEqualTo("applied");
    }
}
