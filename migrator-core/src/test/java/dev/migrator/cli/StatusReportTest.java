package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.Migrator;
import dev.migrator.cli.Command.Result;
import dev.migrator.testing.DatabaseTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code status --html}. */
class StatusReportTest extends DatabaseTest {

    @TempDir
    private Path folder;

    private Command status(Path file) {
        return Command.on(database, "status").with("--location", scripts.location(), "--html", file.toString());
    }

    @BeforeEach
    void applyOneOfTwo() {
        scripts.with("V1__create_a.sql", "CREATE TABLE a (id int);\n")
                .with("V2__<b>.sql", "ALTER TABLE a ADD name text; -- <script>alert(1)</script>");
        migrator().target("1").build().migrate();
    }

    @Test
    void writesAPageWithEveryScriptAndAnswersAsWithoutIt() throws IOException {
        Path file = folder.resolve("migrations.html");
        Result with = status(file).run();
        Result without = Command.on(database, "status")
                .with("--location", scripts.location())
                .run();

        assertThat(with).isEqualTo(without);
        Document page = Jsoup.parse(Files.readString(file));
        assertThat(page.title()).startsWith("Pending");
        assertThat(page.select("#migrations tbody tr").eachAttr("data-state")).containsExactly("pending", "applied");
        assertThat(page.select("#m-1 pre.sql").first().wholeText()).isEqualTo("CREATE TABLE a (id int);\n");
        assertThat(page.select("#m-2 pre.sql").first().wholeText()).endsWith("-- <script>alert(1)</script>");
        assertThat(page.select("#m-1 .facts").text()).contains("1 of 1 done");
        assertThat(page.select("article.run")).hasSize(1);
    }

    @Test
    void replacesAReportAtOnceAndLeavesNothingElse() throws IOException {
        Path file = Files.writeString(folder.resolve("migrations.html"), "old");

        assertThat(status(file).run().code()).isZero();

        assertThat(Files.readString(file)).startsWith("<!DOCTYPE html>");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void putsAllMigratorsIntoOneFileAlsoOneThatCannotBeRead() throws IOException {
        Path file = folder.resolve("migrations.html");
        Map<String, Migrator> migrators = new LinkedHashMap<>();
        migrators.put(
                "lost",
                Migrator.builder(new UrlDataSource("jdbc:postgresql://127.0.0.1:1/none", new Properties()))
                        .locations(scripts.location())
                        .build());
        migrators.put("shop", migrator().build());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);

        int code = ApplicationCommands.run(() -> migrators, stream, stream, "status", "--html", file.toString());

        assertThat(code).isEqualTo(5);
        Document page = Jsoup.parse(Files.readString(file));
        assertThat(page.select("section.migrator").eachAttr("data-migrator")).containsExactly("lost", "shop");
        assertThat(page.select("[data-migrator=lost] pre.error").text()).contains("127.0.0.1");
        assertThat(page.select("[data-migrator=lost] .next dt").eachText())
                .containsExactly("The database", "What to do next");
        assertThat(page.select("#m-shop-1")).hasSize(1);
    }

    @Test
    void writesBehindALinkAndKeepsWhoMayReadTheFile() throws IOException {
        Path file = Files.writeString(folder.resolve("of-today.html"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        Path link = Files.createSymbolicLink(folder.resolve("migrations.html"), Path.of("of-today.html"));

        assertThat(status(link).run().code()).isZero();

        assertThat(link).isSymbolicLink();
        assertThat(Files.readString(file)).startsWith("<!DOCTYPE html>");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
    }

    /** As with {@code --html /dev/null}: root would have none any more. */
    @Test
    void replacesNothingThatIsNoFile() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("null.html"), Path.of("/dev/null"));
        Path nowhere = Files.createSymbolicLink(folder.resolve("nowhere.html"), Path.of("no-such-file"));

        for (Path each : List.of(link, nowhere)) {
            Result result = status(each).run();
            assertThat(result.code()).isEqualTo(2);
            assertThat(result.err()).contains("it is no ordinary file, nor a link to one", "Next: Name another file.");
            assertThat(each).isSymbolicLink();
        }
        assertThat(Files.exists(Path.of("/dev/null"))).isTrue();
        Files.delete(link);
    }

    @Test
    void saysWhereAFileCannotBe() throws IOException {
        assertThat(status(Path.of("-")).run().code()).isEqualTo(2);
        Result nowhere = status(folder.resolve("no/such.html")).run();
        assertThat(nowhere.code()).isEqualTo(2);
        assertThat(nowhere.err())
                .contains("The report cannot be written to", "there is no folder", "Database: it was only read")
                .contains("Next: Make the folder, or name another file.");
        assertThat(nowhere.out()).isEmpty();
        assertThat(status(folder).run().err()).contains("it is a folder");
    }
}
