package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.Command.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {

    private static final String URL = "jdbc:postgresql://127.0.0.1:1/none";

    private static Result run(String... arguments) {
        Result result = new Command(arguments).run();
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        return result;
    }

    @Test
    void anUnknownOptionIsNamedAndTheUsageShown() {
        assertThat(run("migrate", "--nonsense", "--url", URL, "--location", "x").err())
                .contains(
                        "Unknown option: --nonsense",
                        "Usage: migrator migrate [",
                        "--lock-timeout",
                        "More: migrator migrate --help");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--pasword=s3cret", "--passwords3cret", "-ps3cret", "s3cret"})
    void whatIsNotUnderstoodAndMayBeAPasswordIsNotRepeated(String argument) {
        assertThat(run("migrate", "--url", URL, "--location", "x", argument).err())
                .isNotBlank()
                .doesNotContain("s3cret");
    }

    @Test
    void anOptionThatWasMeantIsSuggested() {
        assertThat(run("migrate", "--url", URL, "--location", "x", "--pasword", "s3cret")
                        .err())
                .contains("--pasword", "Possible solutions: --password", "Usage: migrator migrate [")
                .doesNotContain("s3cret");
    }

    /** As where a shell has found no file for a pattern. */
    @Test
    void aDumpMustHaveAName() {
        assertThat(run("restore", "", "--yes", "--url", URL).err())
                .contains("Name the dump: what was given is empty.", "Usage: migrator restore [");
    }

    @Test
    void aCommandMustBeNamed() {
        assertThat(run().err()).contains("Missing required subcommand", "Usage: migrator", "validate ", "Exit codes:");
    }

    @Test
    void anUnknownCommandIsRefused() {
        assertThat(run("migrat").err()).contains("migrate");
    }

    @Test
    void aLocationMustBeGiven() {
        assertThat(run("migrate", "--url", URL).err()).contains("--location", "Usage: ");
    }

    @Test
    void aDatabaseMustBeNamed() {
        assertThat(run("status", "--location", "x").err()).contains("No database was named", "--url", "MIGRATOR_URL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "-1s", "PT-1S", "tomorrow", "9999999999h", ""})
    void aDurationMustBeOne(String duration) {
        assertThat(run("migrate", "--url", URL, "--location", "x", "--lock-timeout", duration)
                        .err())
                .contains("--lock-timeout", "Usage: ");
    }

    @Test
    void aVersionMustBeOne() {
        assertThat(run("migrate", "--url", URL, "--location", "x", "--target", "next")
                        .err())
                .contains("'next' is no version");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://me:s3cret@host/db",
                "postgresql://me:s3cret@host/db",
                "jdbc:postgresql://me:s3c/ret@host/db",
                "jdbc:postgresql://host:port/db?password=s3cret",
                "jdbc:postgresql://me:s3cret?x@host/db",
                "jdbc:mysql://host/db?password=s3cret",
                "postgres://host/db?password=s3cret",
                "jdbc:postgresql://host/db?password=s3cret%"
            })
    void aUrlThatIsNotUnderstoodIsNotRepeated(String url) {
        assertThat(run("status", "--url", url, "--location", "x").err())
                .contains("The URL")
                .doesNotContain("s3cret", "s3c/ret", "ret@", "x@");
    }

    @Test
    void aWrongConfigurationIsAnsweredAsJsonWhereThatIsAskedFor() {
        Result result = new Command("status", "--location", "x", "--json").run();

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).isEmpty();
        assertThat(result.json().get("action").asString()).contains("MIGRATOR_URL");
    }

    @Test
    void helpAndVersionEndWell() {
        Result help = new Command("migrate", "--help").run();
        Result version = new Command("--version").run();

        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("--baseline-on-migrate", "MIGRATOR_PASSWORD", "Exit codes:");
        assertThat(version.code()).isZero();
        assertThat(version.out()).startsWith("migrator ");
    }
}
