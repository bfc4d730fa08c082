package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.Command.Result;
import dev.migrator.testing.Scripts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class CreateCommandTest {

    @TempDir
    private Path folder;

    private Command create(String... arguments) {
        return new Command("create", "--directory", folder.toString()).with(arguments);
    }

    /** As if it were called in the folder. */
    private Result inFolder(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Shell shell = new Shell(
                Map.of(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                null);
        int code = new CommandLine(new CreateCommand(shell, folder))
                .setErr(new PrintWriter(shell.err(), true))
                .execute(arguments);
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void answersWithThePathsOfWhatItHasWritten() {
        new Scripts(folder).with("V003__a.sql", "");

        Result result = create("Add user avatar").run();

        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out().lines())
                .containsExactly(
                        folder.resolve("V004__add_user_avatar.sql").toString(),
                        folder.resolve("U004__add_user_avatar.sql").toString());
        assertThat(folder.resolve("V004__add_user_avatar.sql")).content().startsWith("-- Add user avatar\n");
    }

    @Test
    void takesWordsWithoutQuotesTogether() {
        assertThat(create("Add", "user", "avatar", "--no-rollback").run().out().strip())
                .isEqualTo(folder.resolve("V1__add_user_avatar.sql").toString());
    }

    @Test
    void takesTheTimeAsTheVersion() {
        assertThat(create("a", "--timestamp").run().out()).containsPattern("V20\\d{12}__a\\.sql");
    }

    @Test
    void answersAsJson() {
        Result result = create("a", "--template", "index", "--json").run();

        assertThat(result.json().propertyNames()).containsExactly("state", "exitCode", "version", "files");
        assertThat(result.json().get("version").asString()).isEqualTo("1");
        assertThat(result.json().get("files").get(1).asString())
                .isEqualTo(folder.resolve("U1__a.sql").toString());
        assertThat(folder.resolve("V1__a.sql")).content().contains("create index concurrently");
    }

    @Test
    void listsTheTemplatesWithOnesOwn() throws IOException {
        Path own = Files.createDirectories(folder.resolve("own"));
        Files.writeString(own.resolve("view.sql"), "-- template: a view of ours\n");

        Result result = create("--list-templates", "--template-directory", own.toString())
                .run();
        Result json = create("--list-templates", "--json").run();

        assertThat(result.code()).isZero();
        assertThat(result.out().lines())
                .hasSize(9)
                .contains("index        an index, built while the application writes", "view         a view of ours");
        assertThat(json.json().get("templates").get(0).get("name").asString()).isEqualTo("default");
    }

    @Test
    void findsTheFoldersOfAProject() throws IOException {
        Files.createDirectories(folder.resolve("src/main/resources/db/migration"));
        Files.createDirectories(folder.resolve("src/main/migration-templates"));
        Files.writeString(
                folder.resolve("src/main/migration-templates/view.sql"), "create view {{name}} as select 1;\n");
        new Scripts(folder).with("src/main/java/shop/migrations/V7__Fill.java", "");

        assertThat(inFolder("Our view", "--template", "view").code()).isZero();
        assertThat(inFolder("Fill more", "--java").code()).isZero();

        assertThat(folder.resolve("src/main/resources/db/migration/V8__our_view.sql"))
                .hasContent("create view our_view as select 1;\n");
        assertThat(folder.resolve("src/main/java/shop/migrations/V9__Fill_more.java"))
                .exists();
    }

    @Test
    void saysWhatToGiveWhereThereIsNoProject() {
        Result result = inFolder("a");
        Result java = inFolder("a", "--java", "--directory", ".");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .contains("There is no folder src/main/resources/db/migration in " + folder)
                .contains("Database: it was not asked")
                .contains("Next: Make it, begin in the project's folder, or say with --directory");
        assertThat(java.code()).isEqualTo(2);
        assertThat(java.err()).contains("src/main/java does not exist here", "--java-directory");
    }

    @Test
    void aRefusalIsAnsweredAsJsonToo() {
        Result result = create("../..", "--json").run();

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).isEmpty();
        assertThat(result.json().get("description").asString()).contains("no letter and no digit");
        assertThat(result.json().get("action").asString()).contains("Describe in a few words");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aDescriptionMustBeGiven() {
        Result result = create().run();

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("'<description>'", "Usage: migrator create [");
    }

    @Test
    void theReadmeExplainsEachOfItsOptions() throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"));
        Shell shell = new Shell(Map.of(), System.out, System.err, null);

        for (OptionSpec option : new CommandLine(new CreateCommand(shell, folder))
                .getCommandSpec()
                .options()) {
            if (!option.usageHelp() && !option.versionHelp()) {
                assertThat(readme).contains("`" + option.longestName());
            }
        }
    }
}
