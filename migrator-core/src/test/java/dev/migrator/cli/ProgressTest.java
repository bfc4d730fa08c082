package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.migrator.run.Blocker;
import dev.migrator.run.RunEvent;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final UUID RUN = new UUID(0, 0);
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);

    private static RunEvent started() {
        return new RunEvent.StepStarted(RUN, START, 1, 2, "1", "fill", "V1__fill.sql", 7);
    }

    private static RunEvent progress(int seconds, List<Blocker> blockers) {
        return new RunEvent.StepProgress(
                RUN, START.plusSeconds(seconds), "V1__fill.sql", 3, 7, 12, "UPDATE t", blockers);
    }

    private static RunEvent retried() {
        return new RunEvent.StepRetried(RUN, START, "V1__fill.sql", 2, 10, 500, "lock timeout", List.of());
    }

    @Test
    void aLineIsWrittenForEachMigrationAndEachNewAttempt() {
        PlainProgress plain = new PlainProgress(stream);
        plain.on(started());
        plain.on(retried());
        plain.on(new RunEvent.StepFinished(RUN, START, "1", "V1__fill.sql", 1234));

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualToNormalizingNewlines("""
                        V1__fill.sql: attempt 2 of 10 in 0.5 s (lock timeout)
                        Applied V1__fill.sql in 1234 ms (1 of 2)
                        """);
    }

    @Test
    void aSignOfLifeIsGivenEveryHalfMinute() {
        PlainProgress plain = new PlainProgress(stream);
        plain.on(started());
        for (int second = 1; second < 65; second++) {
            plain.on(progress(second, List.of(new Blocker(4711, "psql", "active", Duration.ZERO, null, List.of()))));
        }

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .hasSize(2)
                .containsOnly("V1__fill.sql still runs: statement 3 of 7, blocked by pid 4711 (psql, active for 0 ms)");
    }

    @Test
    void aBarShowsTheScriptAndTheStatement() throws Exception {
        BarProgress bar = new BarProgress(stream, new Person(prompt -> null));
        bar.on(new RunEvent.Planned(RUN, START, 2));
        bar.on(started());
        awaitBar("V1__fill.sql statement 1 of 7");
        bar.on(progress(2, List.of()));
        awaitBar("V1__fill.sql statement 3 of 7");
        bar.on(new RunEvent.StepFinished(RUN, START, "1", "V1__fill.sql", 10));
        awaitBar(" 50% ");
        bar.on(new RunEvent.RunFailed(RUN, START, null));

        assertThat(out.toString(StandardCharsets.UTF_8)).endsWith("\r");
    }

    private void awaitBar(String text) {
        await().untilAsserted(
                        () -> assertThat(out.toString(StandardCharsets.UTF_8)).contains(text));
    }
}
