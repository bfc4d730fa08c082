package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.Command.Result;
import dev.migrator.testing.DatabaseTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RepairCommandTest extends DatabaseTest {

    @BeforeEach
    void leaveAnUnfinishedMigration() {
        scripts.with("V1__vacuum.sql", "CREATE TABLE t (id int);\nVACUUM t;\nVACUUM missing;");
        command("migrate").run();
        assertThat(history()).containsExactly("1 versioned failed 2/3");
    }

    private Command command(String name) {
        return Command.on(database, name).with("--location", folder.toString());
    }

    @Test
    void takesTheMigrationAsApplied() {
        Result result = command("repair").with("1", "--mark-applied").run();

        assertThat(result.code()).isZero();
        assertThat(result.out()).isEqualToIgnoringNewLines("V1__vacuum.sql is recorded as applied.");
        assertThat(command("status").run().out()).containsPattern("1 +vacuum +repair +applied");
        assertThat(command("migrate").run().out()).contains("1 found, 0 applied");
    }

    @Test
    void goesOnBehindAStatement() {
        Result result = command("repair").with("--resume-after", "3").run();

        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("done up to statement 3 of 3; the next run goes on there.");
        assertThat(command("migrate").run().code()).isZero();
    }

    @Test
    void triesAgain() {
        Result result = command("repair").with("--retry").run();

        assertThat(result.out()).contains("done up to statement 2 of 3");
        assertThat(command("migrate").run().code()).isEqualTo(1);
    }

    @Test
    void answersAsJson() {
        Result result = command("repair").with("--resume-after", "0", "--json").run();

        assertThat(result.json().propertyNames())
                .containsExactly(
                        "state",
                        "exitCode",
                        "runId",
                        "version",
                        "script",
                        "migrationState",
                        "statementsDone",
                        "statements",
                        "rollback",
                        "durationMs");
        assertThat(result.json().get("migrationState").asString()).isEqualTo("interrupted");
    }

    @Test
    void refusesWhatMakesNoSense() {
        Result result = command("repair").with("7", "--retry").run();

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .contains("'7' is no migration that is known here; unfinished: V1__vacuum.sql (failed).")
                .contains("Database: nothing was recorded; it is as it was.");
    }

    @Test
    void aRefusalIsAnsweredAsJsonToo() {
        command("repair").with("--mark-applied").run();

        Result result = command("repair").with("--retry", "--json").run();

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.json().get("description").asString()).contains("No migration is unfinished");
    }

    @Test
    void exactlyOneWayHasToBeGiven() {
        assertThat(command("repair").run().err()).contains("--resume-after", "--mark-applied", "--retry");
        Result both = command("repair").with("--retry", "--mark-applied").run();

        assertThat(both.code()).isEqualTo(2);
        assertThat(both.err()).contains("mutually exclusive");
        assertThat(command("repair").with("--resume-after", "two").run().code()).isEqualTo(2);
        assertThat(history()).hasSize(1);
    }
}
