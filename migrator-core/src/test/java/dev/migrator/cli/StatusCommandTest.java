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
                .startsWith("History: public.schema_migrations\nCurrent version: 2\nLatest version: 3\nPending: 1\n\n")
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

        assertThat(json.propertyNames())
                .containsExactly(
                        "state",
                        "schema",
                        "table",
                        "currentVersion",
                        "latestVersion",
                        "pending",
                        "migrations",
                        "problems",
                        "notes");
        assertThat(json.get("currentVersion").asString()).isEqualTo("2");
        assertThat(json.get("latestVersion").asString()).isEqualTo("3");
        assertThat(json.get("pending").asInt()).isOne();
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
                        "runId",
                        "startedAt",
                        "durationMs",
                        "statementsDone",
                        "statementsTotal");
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
                .contains("\nPending: 1\n")
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
                .startsWith(
                        "History: elsewhere.schema_migrations\nCurrent version: none\nLatest version: 3\nPending: 2\n");
        assertThat(database.value("SELECT to_regnamespace('elsewhere') IS NULL"))
                .isEqualTo("t");
    }

    @Test
    void listsTheTablesWithTheirColumns() {
        database.execute(
                "CREATE TABLE \"Odd \u0007name\" (id bigint GENERATED ALWAYS AS IDENTITY, code varchar(20) NOT NULL"
                        + " DEFAULT 'x', twice int GENERATED ALWAYS AS (1 + 1) STORED, gone int)",
                "ALTER TABLE \"Odd \u0007name\" DROP COLUMN gone",
                "CREATE TABLE nothing ()",
                "CREATE SCHEMA other",
                "CREATE TABLE other.hidden (id int)");

        Result text = status().with("--tables").run();
        JsonNode tables = status().with("--tables", "--json").run().json().get("tables");

        assertThat(text.out())
                .contains(
                        "\n\nTable a\n\nColumn  Type     Nullable  Default\n",
                        "\nid      integer  yes\n",
                        "Table Odd ?name\n",
                        "Table schema_migrations\n")
                .doesNotContain("hidden");
        assertThat(tables.findValuesAsString("name"))
                .startsWith("Odd \u0007name", "id", "code", "twice", "a", "id", "nothing", "schema_migrations");
        JsonNode columns = tables.get(0).get("columns");
        assertThat(columns.get(0).toString())
                .isEqualTo("{\"name\":\"id\",\"type\":\"bigint\",\"nullable\":false,"
                        + "\"defaultValue\":\"generated always as identity\"}");
        assertThat(columns.get(1).get("type").asString()).isEqualTo("character varying(20)");
        assertThat(columns.get(1).get("defaultValue").asString()).isEqualTo("'x'::character varying");
        assertThat(columns.get(2).get("defaultValue").asString()).isEqualTo("generated always as ((1 + 1))");
        assertThat(tables.get(2).get("columns").size()).isZero();
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
