package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.Command.Result;
import dev.migrator.testing.DatabaseTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class StatusCommandTest extends DatabaseTest {

    private Command status() {
        return Command.on(database, "status").with("--location", scripts.location());
    }

    @BeforeEach
    void applyTwoOfThree() {
        scripts.with("V1__create_a.sql", "CREATE TABLE a (id int);")
                .with("V2__fill_a.sql", "INSERT INTO a VALUES (1);")
                .with("V3__add_name.sql", "ALTER TABLE a ADD name text;");
        migrator().target("2").build().migrate();
    }

    @Test
    void showsTheCurrentVersionWhatIsPendingAndATable() {
        Result result = status().run();

        assertThat(result.code()).isZero();
        assertThat(result.out())
                .startsWith("History: public.schema_migrations\nCurrent version: 2\nPending: 1\n\n")
                .containsPattern("(?m)^Version  Description  Kind       State    When                 ms$")
                .containsPattern("(?m)^-------  -----------  ---------  -------  -------------------  -+$")
                .containsPattern(
                        "(?m)^1        create a     versioned  applied  \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d  \\d+$")
                .containsPattern("(?m)^3        add name     versioned  pending$");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void answersWithTheEndpointsObject() {
        JsonNode json = status().with("--json").run().json();

        assertThat(json.propertyNames()).containsExactly("state", "schema", "table", "migrations", "problems", "notes");
        assertThat(json.get("state").asString()).isEqualTo("pending");
        assertThat(json.get("schema").asString()).isEqualTo("public");
        assertThat(json.get("migrations").get(0).propertyNames())
                .containsExactly(
                        "version",
                        "description",
                        "kind",
                        "script",
                        "checksum",
                        "state",
                        "installedBy",
                        "instance",
                        "startedAt",
                        "durationMs");
        assertThat(json.get("migrations").get(0).get("state").asString()).isEqualTo("applied");
        assertThat(json.get("migrations").get(0).get("startedAt").asString())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
        assertThat(json.get("migrations").get(2).propertyNames())
                .containsExactly("version", "description", "kind", "script", "checksum", "state");
    }

    @Test
    void showsProblemsAndErrorsAndEndsWell() {
        scripts.with("V3__add_name.sql", "CREATE INDEX CONCURRENTLY a_id ON a (nothing);")
                .with("what.sql", "SELECT 1;");
        scripts.without("what.sql");
        Command.on(database, "migrate").with("--location", scripts.location()).run();
        scripts.with("what.sql", "SELECT 1;");

        Result result = status().run();

        assertThat(result.code()).isZero();
        assertThat(result.out())
                .contains("V3__add_name.sql failed: 42703", "Problem: ", "what.sql")
                .containsPattern("(?m)^3 .* failed ");
    }

    @Test
    void writesNothing() {
        scripts.without("V1__create_a.sql");
        Result result = Command.on(database, "status")
                .with("--location", scripts.location(), "--schema", "elsewhere")
                .run();

        assertThat(result.code()).isZero();
        assertThat(result.out())
                .startsWith("History: elsewhere.schema_migrations\nCurrent version: none\nPending: 2\n");
        assertThat(database.value("SELECT to_regnamespace('elsewhere') IS NULL"))
                .isEqualTo("t");
    }

    @Test
    void failsWhereTheDatabaseCannotBeReached() {
        Result result = new Command("status", "--url", "jdbc:postgresql://127.0.0.1:1/none", "--json")
                .with("--location", scripts.location())
                .run();

        assertThat(result.code()).isEqualTo(5);
        assertThat(result.err()).isEmpty();
        assertThat(result.json().get("exitCode").asInt()).isEqualTo(5);
    }
}
