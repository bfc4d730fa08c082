package dev.migrator.spring.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.migrator.Migrator;
import dev.migrator.backup.Backup;
import dev.migrator.backup.BackupRequest;
import dev.migrator.backup.TakenBackup;
import dev.migrator.run.BackupFailedException;
import dev.migrator.spring.test.Postgres;
import dev.migrator.spring.test.RunningApplication;
import dev.migrator.spring.test.WebApplication;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** An application that has a way of its own to back its database up. */
class BackupAtStartTests {

    private final String url = Postgres.newDatabase();

    /** What holds nothing yet is not backed up. */
    @BeforeEach
    void migrateToTheFirstVersion() {
        Migrator.builder(new DriverManagerDataSource(url)).target("1").build().migrate();
    }

    private String column(String column) {
        return Postgres.query(
                url, "SELECT count(*) FROM information_schema.columns WHERE column_name = '" + column + "'");
    }

    private RunningApplication start(Backup backup) {
        return RunningApplication.of(WebApplication.class)
                .database(url)
                .initialized(context -> context.getBeanFactory().registerSingleton("snapshots", backup))
                .start();
    }

    @Test
    void whileItIsBackedUpTheGateIsClosedAndTheEndpointSaysWhy() throws Exception {
        BlockingQueue<BackupRequest> asked = new LinkedBlockingQueue<>();
        CountDownLatch taken = new CountDownLatch(1);
        try (RunningApplication app = start(request -> {
            asked.add(request);
            taken.await(1, TimeUnit.MINUTES);
            return new TakenBackup("snapshot-7", 0, null);
        })) {
            BackupRequest request = asked.poll(60, TimeUnit.SECONDS);

            assertThat(request).isNotNull();
            assertThat(request.database()).isEqualTo(Postgres.query(url, "SELECT current_database()"));
            assertThat(app.get("/hello").statusCode()).isEqualTo(503);
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(
                            app.get("/actuator/migrations").body())
                    .contains("\"state\":\"running\"", "\"phase\":\"backing_up\""));
            assertThat(app.get("/actuator/health").body()).contains("OUT_OF_SERVICE");
            assertThat(app.get("/actuator/health/liveness").body()).contains("\"status\":\"UP\"");
            assertThat(column("isbn")).isEqualTo("0");

            taken.countDown();

            app.awaitStarted();
            assertThat(app.get("/hello").statusCode()).isEqualTo(200);
            assertThat(Postgres.query(url, "SELECT backup FROM schema_migrations WHERE version = '2'"))
                    .isEqualTo("snapshot-7");
        } finally {
            taken.countDown();
        }
    }

    @Test
    void withoutTheBackupNothingRuns() throws Exception {
        try (RunningApplication app = start(request -> {
            throw new IllegalStateException("the cloud is full");
        })) {
            Throwable failure = app.awaitFailure();

            assertThat(failure).isInstanceOf(StartupMigrationException.class);
            assertThat(((StartupMigrationException) failure).getExitCode()).isEqualTo(6);
            assertThat(failure.getCause())
                    .isInstanceOf(BackupFailedException.class)
                    .hasMessageContaining("the cloud is full");
        }
        assertThat(column("isbn")).isEqualTo("0");
    }
}
