package dev.migrator.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.MigrationDetails;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final Function<ShownMigrator, Stream<MigrationDetails>> DETAILS =
            migrator -> migrator.status().migrations().stream()
                    .map(each -> Samples.details(each, "\n".repeat(6) + "select '" + each.script() + "';"));

    private final List<ShownMigrator> migrators = List.of(
            new ShownMigrator(null, "orders", true, Samples.succeeded()),
            new ShownMigrator(null, "books", true, Samples.failed()));

    @Test
    void holdsEveryMigrationAndEveryLinkLeadsToIt() {
        Document page = Jsoup.parse(Report.of("shop", migrators, DETAILS));

        assertThat(page.select("article.migration")).hasSize(18 + 17);
        assertThat(page.select("a[href]")).isNotEmpty().allSatisfy(link -> assertThat(
                        page.getElementById(link.attr("href").substring(1)))
                .as(link.attr("href"))
                .isNotNull());
        assertThat(page.select("#m-books-15 pre.sql").first().text()).contains("V15__lines_name_real_books.sql");
        assertThat(page.select("[id]").eachAttr("id")).doesNotHaveDuplicates();
        NothingForeign.check(page);
    }

    @Test
    void asksNoServer() {
        Document page = Jsoup.parse(Report.of("shop", migrators, DETAILS));

        assertThat(page.select("main").hasAttr("data-live")).isFalse();
        assertThat(page.select("meta[http-equiv], button[data-operation]")).isEmpty();
        assertThat(page.select("form.filter"))
                .allSatisfy(form -> assertThat(form.hasAttr("hidden")).isTrue());
    }

    @Test
    void leavesOutTextsThatWouldMakeItTooLong() {
        Document page = Jsoup.parse(Report.of("shop", migrators.subList(0, 1), DETAILS, 100_000));

        assertThat(page.select("article.migration")).hasSize(18);
        int left = page.select(".report > .note").size();
        assertThat(left).isPositive();
        assertThat(page.select("div.script pre.sql")).hasSize(18 - left);
    }
}
