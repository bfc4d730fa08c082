package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.Command.Result;
import dev.migrator.testing.DatabaseTest;
import org.junit.jupiter.api.Test;

class BaselineCommandTest extends DatabaseTest {

    @Test
    void recordsTheVersionThatTheSchemaStandsAt() {
        Result result = Command.on(database, "baseline")
                .with("--baseline-version", "7", "--baseline-description", "as of the old tool")
                .run();

        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("up to version 7 will not run").hasLineCount(1);
        assertThat(database.value("SELECT concat_ws(' ', version, kind, description) FROM schema_migrations"))
                .isEqualTo("7 baseline as of the old tool");
    }

    @Test
    void answersAsJson() {
        Result result = Command.on(database, "baseline").with("--json").run();

        assertThat(result.json().propertyNames())
                .containsExactly("state", "exitCode", "runId", "version", "durationMs");
        assertThat(result.json().get("version").asString()).isEqualTo("1");
    }

    @Test
    void refusesADatabaseThatHasAHistory() {
        Command.on(database, "baseline").run();

        Result result = Command.on(database, "baseline").run();

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("has a history already", "then give --table.");
    }
}
