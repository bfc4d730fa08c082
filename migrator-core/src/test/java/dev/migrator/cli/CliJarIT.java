package dev.migrator.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.migrator.cli.Command.Result;
import dev.migrator.testing.DatabaseTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** The jar as users start it: a process of its own, with nothing else on the class path. */
class CliJarIT extends DatabaseTest {

    private static final Path JAR = Path.of(requireNonNull(System.getProperty("migrator.cli.jar")));

    private static final String JAVA = ProcessHandle.current().info().command().orElseThrow();

    private Process start(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(JAVA, "-XX:TieredStopAtLevel=1", "-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private Result run(Map<String, String> environment, String... arguments) throws Exception {
        Process process = start(environment, arguments);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), read("out"), read("err"));
    }

    private String read(String file) throws IOException {
        return Files.readString(folder.resolve(file), StandardCharsets.UTF_8);
    }

    private Map<String, String> login() {
        return Map.of("MIGRATOR_URL", database.url(), "MIGRATOR_USER", "postgres");
    }

    @Test
    void migratesAndIsQuiet() throws Exception {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);\nDO $$ BEGIN RAISE NOTICE 'gr\u00fcn'; END $$;");

        Result result = run(login(), "migrate", "--location", folder.toString());
        Result again = run(login(), "migrate", "--location", folder.toString(), "--json", "--verbose");

        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("Applied V1__a.sql in ", "1 found, 1 applied, 0 skipped");
        assertThat(again.code()).isZero();
        assertThat(again.json().get("skipped").asInt()).isOne();
        assertThat(again.err()).contains("INFO dev.migrator - Migrations: 1 found");
    }

    @Test
    void endsWithTheCodeOfEachFailure() throws Exception {
        scripts.with("V1__a.sql", "SELECT '\u00fc' / 0;");

        Result failed = run(Map.of("LC_ALL", "C"), arguments("migrate", database.url()));
        Result unknown = run(Map.of(), arguments("migrate", database.url(), "--nonsense"));
        scripts.with("what.sql", "");
        Result invalid = run(Map.of(), arguments("validate", database.url()));
        Result unreachable = run(Map.of(), arguments("status", "jdbc:postgresql://127.0.0.1:1/none?password=s3cret"));

        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.err())
                .as("said once, not by the log as well")
                .contains("V1__a.sql:1:8 failed", "'\u00fc' / 0", "Next: ")
                .containsOnlyOnce("V1__a.sql:1:8 failed");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("Unknown option: --nonsense", "Usage: migrator migrate");
        assertThat(invalid.code()).isEqualTo(3);
        assertThat(invalid.err()).contains("what.sql").doesNotContain("WARN", "Exception");
        assertThat(unreachable.code()).isEqualTo(5);
        assertThat(unreachable.err()).contains("No connection").doesNotContain("s3cret", "Exception", "\tat ");
    }

    private String[] arguments(String command, String url, String... more) {
        List<String> all = new ArrayList<>(
                List.of(command, "--url", url, "--user", "postgres", "--location", "filesystem:" + folder));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @Test
    void takesThePasswordFromThePgpassFile() throws Exception {
        PasswordRole role = PasswordRole.create(database);
        Path pgpass = Files.createFile(
                folder.resolve("pgpass"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(pgpass, "127.0.0.1:*:" + database.name() + ":" + role.name() + ":" + role.password() + "\n");
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);");

        Result result = run(
                Map.of("PGPASSFILE", pgpass.toString()),
                "migrate",
                "--url",
                database.url(),
                "--user",
                role.name(),
                "--location",
                folder.toString());
        Result without = run(
                Map.of("PGPASSFILE", folder.resolve("none").toString()),
                "status",
                "--url",
                database.url(),
                "--user",
                role.name(),
                "--location",
                folder.toString());

        assertThat(result.code()).isZero();
        assertThat(database.value("SELECT installed_by FROM schema_migrations")).isEqualTo(role.name());
        assertThat(without.code()).isEqualTo(5);
    }

    @Test
    void cancelsAndSaysSoWhenItIsStopped() throws Exception {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);\nSELECT pg_sleep(300);");
        Process process = start(Map.of(), arguments("migrate", database.url()));
        String running = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                + " AND application_name LIKE 'migrator%'";
        await().until(() ->
                database.value(running + " AND query LIKE '%pg_sleep%'").equals("1"));

        process.destroy();

        assertThat(process.waitFor(8, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(128 + 15);
        assertThat(database.value(running)).isEqualTo("0");
        assertThat(read("err"))
                .contains(
                        "The run was cancelled while V1__a.sql:2:1 (statement 2 of 2) ran.",
                        "Database: the server rolled V1__a.sql back as a whole.",
                        "Next: Start again: the run goes on where it stopped.")
                .doesNotContain("\tat ");
        assertThat(history()).isEmpty();
        assertThat(database.value("SELECT to_regclass('a') IS NULL")).isEqualTo("t");
    }

    @Test
    void isRolledBackSoonWhenItIsKilled() throws Exception {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);\nSELECT pg_sleep(300);");
        Process process = start(Map.of(), arguments("migrate", database.url()));
        String running = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                + " AND application_name LIKE 'migrator%'";
        await().until(() ->
                database.value(running + " AND query LIKE '%pg_sleep%'").equals("1"));

        process.destroyForcibly().waitFor();

        await().atMost(10, TimeUnit.SECONDS).until(() -> database.value(running).equals("0"));
        assertThat(database.value("SELECT to_regclass('a') IS NULL")).isEqualTo("t");
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);");
        assertThat(run(Map.of(), arguments("migrate", database.url())).code()).isZero();
        assertThat(history()).containsExactly("1 versioned applied 1/1");
    }

    @Test
    void createsAMigrationThatItThenApplies() throws Exception {
        Result created =
                run(Map.of(), "create", "Add user avatar", "--template", "table", "--directory", folder.toString());
        Result again = run(Map.of("LC_ALL", "C"), "create", "Gr\u00f6\u00dfe", "--directory", folder.toString());
        Result migrated = run(login(), "migrate", "--location", folder.toString());

        assertThat(created.err()).isEmpty();
        assertThat(created.code()).isZero();
        assertThat(created.out().lines())
                .containsExactly(
                        folder.resolve("V1__add_user_avatar.sql").toString(),
                        folder.resolve("U1__add_user_avatar.sql").toString());
        assertThat(again.err()).isEmpty();
        assertThat(again.out()).contains("V2__gr");
        assertThat(migrated.code()).isZero();
        assertThat(history()).containsExactly("1 versioned applied 2/2", "2 versioned applied 0/0");
    }

    @Test
    void showsABarOnATerminal() throws Exception {
        Path script = Path.of("/usr/bin/script");
        assumeTrue(Files.isExecutable(script), "there is no script command to make a terminal with");
        scripts.with("V1__a.sql", "SELECT pg_sleep(0.5);").with("V2__b.sql", "SELECT pg_sleep(0.5);");
        String command = JAVA + " -jar " + JAR + " migrate --location " + folder;
        ProcessBuilder builder = new ProcessBuilder(script.toString(), "-qec", command, "/dev/null")
                .redirectOutput(folder.resolve("out").toFile());
        builder.environment().putAll(login());

        Process process = builder.start();

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(read("out"))
                .contains("0/2", " 50% ", "1/2", "V2__b.sql statement 1 of 1", "2 found, 2 applied")
                .doesNotContain("Applied V1__a.sql");
    }

    @Test
    void knowsItsVersionAndHoldsAllThatItNeeds() throws Exception {
        Result version = run(Map.of(), "--version");

        assertThat(version.code()).isZero();
        assertThat(version.out()).isEqualToIgnoringNewLines("migrator " + System.getProperty("migrator.cli.version"));
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(jar.stream().map(Object::toString))
                    .contains("picocli/CommandLine.class", "org/postgresql/Driver.class")
                    .doesNotContain("module-info.class");
        }
    }
}
