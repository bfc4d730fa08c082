package dev.migrator.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.Migrator;
import dev.migrator.spring.test.Postgres;
import dev.migrator.spring.test.RunningApplication;
import dev.migrator.spring.test.WebApplication;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndpointUnderLoadTests {

    private static final int EARLIER = 300;
    private static final String WORK = "select pg_sleep(0.01);\n".repeat(200);

    private final String url = Postgres.newDatabase();
    private final HttpClient client = HttpClient.newHttpClient();

    private record Answer(int status, Duration took) {}

    private static Duration timed(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private Answer ask(URI uri) {
        long start = System.nanoTime();
        HttpRequest request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
        try {
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return new Answer(status, Duration.ofNanos(System.nanoTime() - start));
        } catch (Exception ex) {
            return new Answer(-1, Duration.ofNanos(System.nanoTime() - start));
        }
    }

    /** The run has the pool's only connection, so that whoever wanted one for an answer would wait for the run's end. */
    @Test
    void aHundredRequestsASecondNeitherWaitForARunNorSlowIt(@TempDir Path scripts) throws Exception {
        for (int version = 1; version <= EARLIER; version++) {
            Files.writeString(scripts.resolve("V" + version + "__v.sql"), "select " + version + ";");
        }
        try (RunningApplication app = RunningApplication.of(WebApplication.class)
                .database(url)
                .with(
                        "migrator.locations=filesystem:" + scripts,
                        "migrator.backup.mode=off",
                        "spring.datasource.hikari.maximum-pool-size=1",
                        "spring.datasource.hikari.connection-timeout=60000")
                .start()) {
            app.awaitStarted();
            Migrator migrator = app.context().getBean(Migrator.class);
            URI uri = app.actuator("/actuator/migrations");
            ask(uri);
            Files.writeString(scripts.resolve("V1000__quiet.sql"), WORK);
            Duration quiet = timed(migrator::migrate);

            Files.writeString(scripts.resolve("V1001__asked.sql"), WORK);
            Queue<CompletableFuture<Answer>> sent = new ConcurrentLinkedQueue<>();
            ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
            var askers = Executors.newFixedThreadPool(16);
            Duration asked;
            try {
                clock.scheduleAtFixedRate(
                        () -> sent.add(CompletableFuture.supplyAsync(() -> ask(uri), askers)),
                        0,
                        10,
                        TimeUnit.MILLISECONDS);
                asked = timed(migrator::migrate);
            } finally {
                clock.shutdownNow();
            }
            List<Answer> answers = sent.stream().map(CompletableFuture::join).toList();
            askers.shutdown();

            assertThat(answers)
                    .hasSizeGreaterThan(100)
                    .extracting(Answer::status)
                    .containsOnly(200);
            List<Duration> times = answers.stream().map(Answer::took).sorted().toList();
            assertThat(times.get(times.size() / 2)).isLessThan(Duration.ofMillis(500));
            assertThat(asked).isLessThan(quiet.multipliedBy(2).plusSeconds(2));
        }
    }
}
