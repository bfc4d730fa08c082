package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.Command.Result;
import dev.migrator.testing.DatabaseTest;
import org.junit.jupiter.api.Test;

class ValidateCommandTest extends DatabaseTest {

    private Command validate() {
        return Command.on(database, "validate").with("--location", scripts.location());
    }

    @Test
    void saysThatThereIsNoProblem() {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);");

        Result result = validate().run();

        assertThat(result.code()).isZero();
        assertThat(result.out()).isEqualToIgnoringNewLines("No problems: 1 found, 1 pending.");
        assertThat(validate().with("--json").run().out())
                .isEqualToIgnoringNewLines("{\"state\":\"succeeded\",\"exitCode\":0,\"problems\":[]}");
        assertThat(database.value("SELECT to_regclass('schema_migrations') IS NULL"))
                .isEqualTo("t");
    }

    @Test
    void listsEveryProblem() {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);");
        migrator().build().migrate();
        scripts.with("V1__a.sql", "CREATE TABLE a (id bigint);")
                .with("V2__b.sql", "SELECT 'no end")
                .with("what.sql", "SELECT 1;");

        Result result = validate().run();

        assertThat(result.code()).isEqualTo(3);
        assertThat(result.err()).contains("3 problems", "V1__a.sql", "V2__b.sql:1", "what.sql", "Next: ");
        assertThat(result.out()).isEmpty();
        assertThat(validate().with("--json").run().json().get("problems"))
                .extracting(problem -> problem.get("kind").asString())
                .containsExactlyInAnyOrder("changed", "unreadable", "unknown_file");
    }

    @Test
    void findsALocationThatDoesNotExist() {
        Result result = Command.on(database, "validate")
                .with("--location", folder + "/missing")
                .run();

        assertThat(result.code()).isEqualTo(3);
        assertThat(result.err()).contains("missing does not exist", "Correct --location,");
    }
}
