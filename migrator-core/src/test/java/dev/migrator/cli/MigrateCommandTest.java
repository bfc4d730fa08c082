package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.migrator.cli.Command.Result;
import dev.migrator.postgres.AdvisoryLock;
import dev.migrator.testing.DatabaseTest;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class MigrateCommandTest extends DatabaseTest {

    private Command migrate() {
        return Command.on(database, "migrate").with("--location", scripts.location());
    }

    @Test
    void writesALineForEachMigrationAndTheSummary() {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);").with("V2__b.sql", "CREATE TABLE b (id int);");

        Result result = migrate().run();

        assertThat(result.code()).isZero();
        assertThat(result.out().lines().toList())
                .satisfiesExactly(
                        line -> assertThat(line).matches("Applied V1__a.sql in \\d+ ms \\(1 of 2\\)"),
                        line -> assertThat(line).matches("Applied V2__b.sql in \\d+ ms \\(2 of 2\\)"),
                        line -> assertThat(line).matches("Migrations: 2 found, 2 applied, 0 skipped, \\d+ ms"));
        assertThat(result.err()).isEmpty();
        assertThat(history()).containsExactly("1 versioned applied 1/1", "2 versioned applied 1/1");
        assertThat(database.value("SELECT instance FROM schema_migrations LIMIT 1"))
                .endsWith(", migrator-cli");
    }

    @Test
    void takesPlaceholdersAndEnvironments() {
        scripts.with("V1__a.sql", "CREATE TABLE ${name} (id int);")
                .with("V2__b.sql", "-- migrator: only-if=env:production\nCREATE TABLE b (id int);")
                .with("V3__c.sql", "-- migrator: only-if=env:test\nCREATE TABLE c (id int);");

        Result result = migrate()
                .with("--placeholder", "name=book", "--environment", "production")
                .run();

        assertThat(result.code()).isZero();
        assertThat(database.column("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"))
                .containsExactly("b", "book", "schema_migrations");
    }

    @Test
    void leavesPlaceholdersAloneWhereItIsTold() {
        scripts.with("V1__a.sql", "CREATE TABLE a AS SELECT '${name}' AS t;");

        assertThat(migrate().run().code()).isEqualTo(3);
        assertThat(migrate().with("--no-placeholders").run().code()).isZero();
        assertThat(database.value("SELECT t FROM a")).isEqualTo("${name}");
    }

    @Test
    void endsWellWithNothingToDo() {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);");
        migrate().run();

        Result result = migrate().run();

        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("1 found, 0 applied, 1 skipped").hasLineCount(1);
    }

    @Test
    void tellsAFailureInFullOnStandardError() {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);").with("V2__b.sql", "SELECT 1;\nSELECT nothing FROM a;");

        Result result = migrate().run();

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .contains(
                        "V2__b.sql:2:8 failed, statement 2 of 2",
                        "SELECT nothing FROM a\n           ^",
                        "42703",
                        "Database: ",
                        "Next: ");
        assertThat(result.out()).contains("Applied V1__a.sql").doesNotContain("42703");
    }

    @Test
    void refusesWithAllProblems() {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);");
        migrate().run();
        scripts.with("V1__a.sql", "CREATE TABLE a (id bigint);").with("what.sql", "SELECT 1;");

        Result result = migrate().run();

        assertThat(result.code()).isEqualTo(3);
        assertThat(result.err()).contains("2 problems", "V1__a.sql", "what.sql");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void givesUpWaitingForTheLockAndNamesTheOption() throws Exception {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);");
        try (Connection other = database.dataSource().getConnection()) {
            assertThat(AdvisoryLock.of("public", "schema_migrations").tryAcquire(other))
                    .isTrue();

            Result result = migrate().with("--lock-max-wait", "100ms").run();

            assertThat(result.code()).isEqualTo(4);
            assertThat(result.out()).startsWith("Waiting for the migration lock, held by ");
            assertThat(result.err())
                    .contains("not had within 100 ms", "or wait longer, with --lock-max-wait")
                    .doesNotContain("migrator.lock.max-wait");
        }
    }

    @Test
    void saysThatTheDatabaseCannotBeReached() {
        Result result = new Command("migrate", "--url", "jdbc:postgresql://127.0.0.1:1/none", "--user", "postgres")
                .with("--location", scripts.location())
                .with("--connect-timeout", "0s")
                .run();

        assertThat(result.code()).isEqualTo(5);
        assertThat(result.err()).contains("No connection to the database could be had", "Next: ");
    }

    @Test
    void answersWithTheReportAsJsonAndNothingElse() {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);").with("R__v.sql", "CREATE VIEW v AS SELECT 1 AS x;");

        Result result = migrate().with("--json").run();

        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).hasLineCount(1);
        JsonNode json = result.json();
        assertThat(json.propertyNames())
                .containsExactly("state", "exitCode", "runId", "found", "applied", "skipped", "notes", "durationMs");
        assertThat(json.get("state").asString()).isEqualTo("succeeded");
        assertThat(json.get("runId").asString())
                .isEqualTo(database.value("SELECT DISTINCT run_id FROM schema_migrations"));
        assertThat(json.get("found").asInt()).isEqualTo(2);
        assertThat(json.get("applied").get(0).propertyNames())
                .containsExactly("version", "description", "script", "durationMs");
        assertThat(json.get("applied").get(1).has("version")).isFalse();
    }

    @Test
    void answersWithTheFailureAsJsonAndNothingElse() {
        scripts.with("V1__a.sql", "SELECT 'quo\"te' / 0;");

        Result result = migrate().with("--json").run();

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).isEmpty();
        JsonNode json = result.json();
        assertThat(json.propertyNames())
                .containsExactly("state", "exitCode", "description", "database", "action", "failure", "leftNothing");
        assertThat(json.get("leftNothing").asBoolean()).isTrue();
        assertThat(json.get("state").asString()).isEqualTo("failed");
        assertThat(json.get("exitCode").asInt()).isEqualTo(1);
        assertThat(json.get("failure").get("script").asString()).isEqualTo("V1__a.sql");
        assertThat(json.get("failure").get("line").asInt()).isEqualTo(1);
        assertThat(json.get("failure").get("excerpt").asString()).startsWith("SELECT 'quo\"te' / 0\n");
    }

    @Test
    void answersWithAllProblemsAsJson() {
        scripts.with("what.sql", "SELECT 1;").with("when.sql", "SELECT 1;");

        Result result = migrate().with("--json").run();

        assertThat(result.code()).isEqualTo(3);
        assertThat(result.json().get("problems")).hasSize(2).allSatisfy(problem -> {
            assertThat(problem.get("kind").asString()).isEqualTo("unknown_file");
            assertThat(problem.get("message").asString()).isNotBlank();
            assertThat(problem.get("action").asString()).isNotBlank();
        });
    }

    @Test
    void keepsTheHistoryWhereItIsTold() {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);");

        migrate().with("--schema", "shop", "--table", "history").run();

        assertThat(database.column("SELECT version FROM shop.history")).containsExactly("1");
        assertThat(database.value("SELECT to_regclass('shop.a') IS NOT NULL")).isEqualTo("t");
    }

    @Test
    void stopsAtTheTargetAndRunsOutOfOrderWhenTold() {
        scripts.with("V1__a.sql", "SELECT 1;").with("V3__c.sql", "SELECT 1;").with("V4__d.sql", "SELECT 1;");
        migrate().with("--target", "3").run();
        scripts.with("V2__b.sql", "SELECT 1;");

        Result refused = migrate().run();
        Result result = migrate().with("--out-of-order").run();

        assertThat(refused.code()).isEqualTo(3);
        assertThat(refused.err()).contains("--out-of-order");
        assertThat(result.code()).isZero();
        assertThat(database.column("SELECT version FROM schema_migrations ORDER BY id"))
                .containsExactly("1", "3", "2", "4");
    }

    @Test
    void takesSeveralLocationsAndPlainDirectories() {
        scripts.with("one/V1__a.sql", "SELECT 1;").with("two/V2__b.sql", "SELECT 1;");

        Result result = Command.on(database, "migrate")
                .with("--location", folder + "/one", "--location", "filesystem:" + folder + "/two")
                .run();

        assertThat(result.code()).isZero();
        assertThat(history()).hasSize(2);
    }

    @Test
    void takesADatabaseAsItStandsWhenTold() {
        database.execute("CREATE TABLE old (id int)");
        scripts.with("V1__a.sql", "SELECT 1 / 0;")
                .with("V2__b.sql", "SELECT 1;")
                .with("V3__c.sql", "SELECT 1;");

        Result refused = migrate().run();
        Result result = migrate()
                .with("--baseline-on-migrate", "--baseline-version", "2")
                .run();

        assertThat(refused.code()).isEqualTo(3);
        assertThat(result.code()).isZero();
        assertThat(history()).containsExactly("2 baseline applied 0/0", "3 versioned applied 1/1");
    }

    @Test
    void limitsStatementsInTime() {
        scripts.with("V1__a.sql", "SELECT pg_sleep(10);");

        Result result = migrate().with("--statement-timeout", "50ms").run();

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("statement timeout");
    }

    @Test
    void stepsBackFromALockedTableAndSaysSo() throws Exception {
        database.execute("CREATE SCHEMA shop", "CREATE TABLE shop.t (id int)");
        scripts.with("V2__a.sql", "ALTER TABLE shop.t ADD COLUMN x int;");
        try (Connection other = database.dataSource().getConnection();
                var statement = other.createStatement()) {
            statement.execute("BEGIN");
            statement.execute("LOCK TABLE shop.t");
            CompletableFuture<Result> run = CompletableFuture.supplyAsync(() -> migrate()
                    .with("--lock-timeout", "200ms", "--backup-mode", "off")
                    .run());
            await().pollInterval(Duration.ofMillis(5))
                    .until(() -> database.value("SELECT count(*) FROM pg_locks WHERE NOT granted")
                            .equals("1"));
            Thread.sleep(300);
            statement.execute("COMMIT");

            Result result = run.get(10, TimeUnit.SECONDS);

            assertThat(result.code()).isZero();
            assertThat(result.out()).contains("V2__a.sql: attempt 2 of ");
        }
    }
}
