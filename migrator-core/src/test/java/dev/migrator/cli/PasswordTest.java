package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.Command.Result;
import dev.migrator.testing.DatabaseTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PasswordTest extends DatabaseTest {

    private PasswordRole role;

    @BeforeEach
    void makeRole() throws Exception {
        role = PasswordRole.create(database);
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);");
    }

    private Command migrate() {
        return new Command("migrate", "--location", scripts.location());
    }

    private void assertMigratedAsTheRole(Result result) {
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(result.out()).doesNotContain(role.password());
        assertThat(database.column("SELECT installed_by FROM schema_migrations"))
                .containsExactly(role.name());
    }

    private String urlWith(String parameters) {
        return database.url() + "?" + parameters;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void comesFromTheOption() {
        assertMigratedAsTheRole(migrate()
                .with("--url", database.url(), "--user", role.name(), "--password", role.password())
                .in(Map.of("MIGRATOR_PASSWORD", "wrong"))
                .run());
    }

    @Test
    void comesFromTheEnvironmentWithUrlAndUser() {
        assertMigratedAsTheRole(migrate()
                .in(Map.of(
                        "MIGRATOR_URL",
                        database.url(),
                        "MIGRATOR_USER",
                        role.name(),
                        "MIGRATOR_PASSWORD",
                        role.password()))
                .run());
    }

    @Test
    void comesFromTheUrl() {
        assertMigratedAsTheRole(migrate()
                .with("--url", urlWith("user=" + role.name() + "&password=" + encoded(role.password())))
                .in(Map.of("MIGRATOR_PASSWORD", "wrong", "MIGRATOR_USER", "nobody"))
                .run());
    }

    @Test
    void comesFromThePgpassFile() throws Exception {
        Path pgpass = Files.writeString(
                folder.resolve("pgpass.txt"), "127.0.0.1:*:*:" + role.name() + ":" + role.password() + "\n");
        System.setProperty("org.postgresql.pgpassfile", pgpass.toString());
        try {
            assertMigratedAsTheRole(migrate()
                    .with("--url", database.url(), "--user", role.name())
                    .run());
        } finally {
            System.clearProperty("org.postgresql.pgpassfile");
        }
    }

    @Test
    void isAskedForOnATerminal() {
        List<String> prompts = new ArrayList<>();

        Result result = migrate()
                .with("--password", "--url", database.url(), "--user", role.name(), "--json")
                .in(Map.of("MIGRATOR_PASSWORD", "wrong"))
                .at(new Person(prompt -> {
                    prompts.add(prompt);
                    return role.password();
                }))
                .run();

        assertMigratedAsTheRole(result);
        assertThat(prompts).containsExactly("Password for password_role: ");
    }

    @Test
    void cannotBeAskedForWithoutATerminal() {
        Result result = migrate().with("--url", database.url(), "--password").run();

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("no terminal", "MIGRATOR_PASSWORD");
    }

    @Test
    void mustBeGivenWhenItIsAskedFor() {
        Result result = migrate()
                .with("--url", database.url(), "--password")
                .at(new Person(prompt -> null))
                .run();

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("No password was given");
    }

    @Test
    void isNotShownWhenItIsWrong() {
        String wrong = "not-the-s3cret";
        for (Command command : List.of(
                migrate().with("--url", database.url(), "--user", role.name(), "--password", wrong),
                migrate().with("--url", urlWith("user=" + role.name() + "&password=" + wrong + "&ssl=false")),
                migrate().with("--url", database.url(), "--user", role.name(), "--password=" + wrong, "--json"),
                migrate().with("--url", database.url(), "--user", role.name(), "--password=" + wrong, "--verbose"))) {
            Result result = command.run();

            assertThat(result.code()).isEqualTo(5);
            assertThat(result.out() + result.err())
                    .contains("password authentication failed for user")
                    .doesNotContain(wrong);
        }
    }

    @Test
    void isNotInTheHistory() {
        migrate()
                .with("--url", urlWith("user=" + role.name() + "&password=" + encoded(role.password())))
                .run();

        assertThat(database.value("SELECT string_agg(m::text, ',') FROM schema_migrations m"))
                .contains(role.name())
                .doesNotContain(role.password(), encoded(role.password()));
    }
}
