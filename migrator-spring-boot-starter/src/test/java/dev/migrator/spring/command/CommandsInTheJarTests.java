package dev.migrator.spring.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.migrator.spring.test.CommandProcess;
import dev.migrator.spring.test.CommandProcess.Ended;
import dev.migrator.spring.test.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Real processes of an application with JPA, a web server and all that may start: nothing of it may. */
class CommandsInTheJarTests {

    /** main itself writes a line before Boot begins. */
    private static final String BEFORE = "main speaks on standard output\n";

    @TempDir
    Path folder;

    private final String url = Postgres.newDatabase();

    private Ended run(String... arguments) throws Exception {
        try (CommandProcess process =
                CommandProcess.start(folder, List.of("-Dspring.datasource.url=" + url), arguments)) {
            return process.ended();
        }
    }

    private static String out(Ended ended) {
        assertThat(ended.out()).startsWith(BEFORE);
        return ended.out().substring(BEFORE.length());
    }

    private String history() {
        return Postgres.query(url, "SELECT count(*) FROM schema_migrations");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--migrator.run-at=initialization",
                "--migrator.run-at=lifecycle --migrator.mode=validate",
                "--migrator.enabled=false --spring.main.web-application-type=reactive"
            })
    void aMigrateDoesWhatItSaysAndNothingElseOfTheApplicationIsUsed(String properties) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("migrations", "migrate"));
        arguments.addAll(List.of(properties.split(" ")));
        arguments.add("--logging.level.com.example=debug");
        arguments.add("--spring.jpa.hibernate.ddl-auto=validate");
        Ended ended = run(arguments.toArray(String[]::new));

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.touched()).isEmpty();
        assertThat(ended.err()).isEmpty();
        assertThat(out(ended))
                .startsWith("Applied V1__create_books.sql in ")
                .contains("(1 of 3)", "\nMigrations: 3 found, 3 applied, 0 skipped, ")
                .hasLineCount(4);
        assertThat(history()).isEqualTo("3");
    }

    @Test
    void aStatusAnswersAsJsonAndWritesNothing() throws Exception {
        Ended ended = run("migrations", "status", "--json", "--spring.application.name=touchy");

        assertThat(ended.code()).as(ended.err()).isZero();
        JsonNode json = JsonMapper.shared().readTree(out(ended));
        assertThat(json.get("state").asString()).isEqualTo("pending");
        assertThat(json.get("migrations").size()).isEqualTo(3);
        assertThat(Postgres.tableExists(url, "schema_migrations")).isFalse();
        assertThat(ended.touched()).isEmpty();
    }

    @Test
    void aFailedMigrationIsSaidOnceWithItsCodeAndTheHistoryNamesTheApplication() throws Exception {
        Ended ended = run(
                "migrations",
                "migrate",
                "--migrator.locations=classpath:db/broken",
                "--spring.application.name=touchy");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err())
                .startsWith("Migration V2__break.sql:2:1 failed")
                .containsOnlyOnce("crate table nonsense")
                .contains("42601", "Database: ", "Next: ")
                .doesNotContain("\tat ", "APPLICATION FAILED", "WARN", "ERROR");
        assertThat(Postgres.query(url, "SELECT instance FROM schema_migrations WHERE version = '1'"))
                .endsWith(", touchy");
    }

    @Test
    void severalMigratorsAreWorkedOnInTheirOrder() throws Exception {
        Ended ended = run("migrations", "migrate", "--json", "--spring.profiles.active=two");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(JsonMapper.shared().readTree(out(ended)).propertyNames()).containsExactly("shop", "archive");

        Ended one = run("migrations", "baseline", "--spring.profiles.active=two");
        assertThat(one.code()).isEqualTo(2);
        assertThat(one.err()).contains("several migrators", "shop, archive", "--migrator");
    }

    @Test
    void theMarkedDataSourceIsTheOneThatIsMigrated() throws Exception {
        String owners = Postgres.newDatabase();

        Ended ended = run("migrations", "migrate", "--spring.profiles.active=own", "--owners.url=" + owners);

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(Postgres.tableExists(owners, "schema_migrations")).isTrue();
        assertThat(Postgres.tableExists(url, "schema_migrations")).isFalse();
    }

    @Test
    void aPoolThatTheApplicationMakesItselfDoesNotFillUp() throws Exception {
        Files.writeString(folder.resolve("V1__look.sql"), """
                SELECT pg_sleep(1);
                CREATE TABLE seen AS SELECT count(*) AS sessions FROM pg_stat_activity
                 WHERE datname = current_database();
                """);

        Ended ended = run(
                "migrations",
                "migrate",
                "--spring.profiles.active=pool",
                "--pool.jdbc-url=" + url,
                "--pool.minimum-idle=8",
                "--migrator.locations=filesystem:" + folder);

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(Postgres.query(url, "SELECT sessions <= 2 FROM seen")).isEqualTo("t");
    }

    @Test
    void anUnreachableDatabaseIsSaidWithoutAStackTrace() throws Exception {
        Ended ended = run(
                "migrations",
                "migrate",
                "--spring.datasource.url=" + Postgres.unreachable() + "&password=hunter2",
                "--spring.datasource.hikari.connection-timeout=1000");

        assertThat(ended.code()).as(ended.err()).isEqualTo(5);
        assertThat(ended.err())
                .contains("Database: ", "Next: ")
                .doesNotContain("\tat ", "hunter2", "APPLICATION FAILED", "WARN", "ERROR");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // a bean that cannot be made, and a file that cannot be read before there is a context
                "--spring.datasource.url=jdbc:nonsense:x",
                "--spring.config.import=file:/nowhere/at/all.properties"
            })
    void aWrongConfigurationIsSaidAsTheCommandsSayIt(String property) throws Exception {
        Ended ended = run("migrations", "status", property);

        assertThat(ended.code()).as(ended.err()).isEqualTo(2);
        assertThat(ended.err())
                .contains("\nDatabase: ", "\nNext: ")
                .doesNotContain("\tat ", "APPLICATION FAILED", "WARN", "ERROR");
        assertThat(ended.touched()).isEmpty();
    }

    @Test
    void anApplicationWithoutADatabaseHasNothingToMigrate() throws Exception {
        Ended ended = run(
                "migrations",
                "status",
                "--spring.autoconfigure.exclude="
                        + "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration");

        assertThat(ended.code()).as(ended.err()).isEqualTo(2);
        assertThat(ended.err()).contains("no database that could be migrated", "spring.datasource.url");
    }

    @Test
    void theCommandsAreListedAndAWrongOneIsRefused() throws Exception {
        Ended list = run("migrations");
        Ended wrong = run("migrations", "migrat");

        assertThat(list.code()).as(list.err()).isZero();
        assertThat(out(list)).contains("Usage: migrations ", "migrate ", "status ", "Exit codes:");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("migrate").doesNotContain("\tat ");
        assertThat(Stream.concat(list.touched().stream(), wrong.touched().stream()))
                .isEmpty();
    }

    @Test
    void aCommandThatIsStoppedCancelsItsStatementAndSaysSo() throws Exception {
        Files.writeString(folder.resolve("V1__nap.sql"), "CREATE TABLE a (id int);\nSELECT pg_sleep(300);");
        try (CommandProcess process = CommandProcess.start(
                folder,
                List.of("-Dspring.datasource.url=" + url),
                "migrations",
                "migrate",
                "--migrator.locations=filesystem:" + folder)) {
            await().atMost(Duration.ofSeconds(60)).until(() -> "t"
                    .equals(Postgres.query(
                            url,
                            "SELECT count(*) = 1 FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(300)%'"
                                    + " AND state = 'active' AND datname = current_database()")));

            process.process().destroy();

            assertThat(process.process().waitFor(8, TimeUnit.SECONDS))
                    .as("it ends soon")
                    .isTrue();
            Ended ended = process.ended();
            assertThat(ended.code()).isEqualTo(128 + 15);
            assertThat(ended.err())
                    .contains("The run was cancelled while V1__nap.sql:", "rolled V1__nap.sql back as a whole")
                    .doesNotContain("\tat ");
        }
        assertThat(history()).isEqualTo("0");
    }

    @Test
    void aUsualStartLoadsNothingOfTheCommands() throws Exception {
        Path classes = folder.resolve("classes.txt");
        try (CommandProcess process = CommandProcess.start(
                folder, List.of("-Dspring.datasource.url=" + url, "-Xlog:class+load:file=" + classes), "status")) {
            await().atMost(Duration.ofSeconds(60)).until(() -> process.touched().contains("main"));

            assertThat(process.touched())
                    .containsExactly("lifecycle", "made", "main", "ready", "refreshed", "runner", "scheduled", "web");
        }
        try (Stream<String> lines = Files.lines(classes)) {
            assertThat(lines.filter(line -> line.contains(" picocli.")
                            || line.contains(" dev.migrator.cli.")
                            || line.contains(" me.tongfei.")))
                    .isEmpty();
        }
        assertThat(read(classes)).contains(" dev.migrator.Migrator ");
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file);
    }
}
