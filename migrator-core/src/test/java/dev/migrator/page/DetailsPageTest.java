package dev.migrator.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.MigrationDetails;
import dev.migrator.MigrationInfo;
import dev.migrator.Observed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DetailsPageTest {

    private static final MigrationInfo FAILED = Samples.row(
            "12",
            "add index",
            "versioned",
            "failed",
            2,
            900L,
            "42703 column does not exist at V12__add_index.sql:2:1",
            new Observed(
                    3, List.of(new Observed.Wait("pid 4711 (psql, idle in transaction for 3 min)", 4_200)), List.of()));

    private static Document page(MigrationDetails... found) {
        return Jsoup.parse(DetailsPage.of(new DetailsModel(
                "bookshop",
                "12",
                Stream.of(found)
                        .map(each -> new DetailsModel.Found(null, "migrator", each))
                        .toList(),
                Links.fromDetails("migrations", "12"),
                false)));
    }

    static Stream<String> scripts() throws IOException {
        Stream<String> odd = Stream.of(
                "\n\nselect 1;\n",
                "select 1;\r\nselect '\r\n';\r\n",
                "/* a\n/* b\n*/ c\n*/\ncreate function f() returns int as $a$\nbegin\n  return 1;\nend $a$ language plpgsql;",
                "select '</pre><script>alert(1)</script>', \"&amp;\" -- <!--",
                "insert into a values ('\u202Eevil\u2066', E'\\'\u0007');\t\n\f\u000B",
                "select 'never closed\n\n",
                "copy a from stdin;\n1\t<b>\n\\.\n");
        try (Stream<Path> files =
                Files.list(Path.of("..", "sample-app", "src", "main", "resources", "db", "migration"))) {
            List<String> texts = files.filter(file -> file.toString().endsWith(".sql"))
                    .map(DetailsPageTest::read)
                    .toList();
            assertThat(texts).hasSizeGreaterThan(30);
            return Stream.concat(odd, texts.stream());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void whatIsCopiedFromTheScriptIsExactlyTheScript(String sql) {
        Document page = page(Samples.details(FAILED, sql));

        assertThat(page.expectFirst("pre.sql").wholeText()).isEqualTo(sql);
        assertThat(page.select("script")).hasSize(1);
        NothingForeign.check(page);
    }

    @Test
    void coloursWhatTheLexerTellsApart() {
        Document page = page(Samples.details(FAILED, "-- so\nselect 1,\n  'a\nb';"));

        assertThat(page.select("pre.sql").first().children()).hasSize(4);
        assertThat(page.select("pre.sql:first-of-type .c").first().text()).isEqualTo("-- so");
        assertThat(page.select("pre.sql .k").eachText()).startsWith("select");
        assertThat(page.select("pre.sql .n").eachText()).containsExactly("1");
        assertThat(page.select("pre.sql .s").eachText()).containsExactly("'a", "b'");
    }

    @Test
    void showsAllThatIsKnown() {
        Document page = page(Samples.details(FAILED, "select 1;\nselect nothing;\n\n\n\nselect 2;"));

        assertThat(page.title()).isEqualTo("Failed · 12 · add index · bookshop");
        assertThat(page.select("h1").text()).isEqualTo("12 add index");
        assertThat(page.select(".facts").text())
                .contains(
                        "Checksum c1:f21a2c40af3f1fd5",
                        "ada",
                        "shop_owner",
                        "web-1, pid 4713",
                        "3 of 3 done",
                        "U12__x.sql")
                .contains("Attempts 3", "shop-before-12-");
        assertThat(page.select("pre.error").text()).isEqualTo("42703 column does not exist at V12__add_index.sql:2:1");
        assertThat(page.select("pre.sql .bad").text()).isEqualTo("select nothing;");
        assertThat(page.select(".statements tbody tr").eachText())
                .containsExactly("1 2 create table a (b int)", "2 6 create index concurrently … 1 min 12 s");
        String anchor = page.select(".statements tbody tr:last-child a").attr("href");
        assertThat(page.select(anchor).text()).isEqualTo("select 2;");
        assertThat(page.select(".waits li").text())
                .isEqualTo("pid 4711 (psql, idle in transaction for 3 min) for 4.2 s");
        assertThat(page.select(".recorded tbody tr").text())
                .contains("failed", "900 ms", "ada (as shop_owner)", "42703");
        assertThat(page.select(".rollback pre.sql").text()).isEqualTo("drop table a;");
        assertThat(page.select("nav a").attr("href")).isEqualTo("../migrations");
    }

    @Test
    void severalOfOneNameStandOnOnePage() {
        Document page = page(Samples.details(FAILED, "select 1;"), Samples.details(FAILED, "select 2;"));

        assertThat(page.select("h1").text()).isEqualTo("12");
        assertThat(page.select("article.migration > h2")).hasSize(2);
        assertThat(page.select("[id]").eachAttr("id")).doesNotHaveDuplicates();
    }
}
