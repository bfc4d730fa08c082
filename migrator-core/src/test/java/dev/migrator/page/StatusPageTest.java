package dev.migrator.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.MigrationInfo;
import dev.migrator.MigratorState;
import dev.migrator.MigratorStatus;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusPageTest {

    private static Document page(PageModel model) {
        return Jsoup.parse(StatusPage.of(model));
    }

    private static Document page(MigratorStatus status) {
        return page(Samples.page(status));
    }

    private static Element one(Element in, String selector) {
        assertThat(in.select(selector)).as(selector).hasSize(1);
        return in.expectFirst(selector);
    }

    @Test
    void saysHowTheMigratorStandsAtOneGlance() {
        Document page = page(Samples.pendingStatus());

        assertThat(page.title()).isEqualTo("Pending · bookshop · migrations");
        assertThat(one(page, "section.migrator").attr("data-migrator")).isEqualTo("migrator");
        Element state = one(page, "[role=status] .state[data-state=pending]");
        assertThat(state.text())
                .contains("3 migrations are pending", "Current version 14", "Latest version 17", "Pending 3");
        assertThat(page.select(".pending li").eachText())
                .containsExactly(
                        "15 lines name real books", "16 old lines name real books", "17 one place for authors");
        assertThat(page.select(".now, .failure")).isEmpty();
    }

    @Test
    void showsWhatRuns() {
        Document page = page(Samples.running());

        assertThat(page.title()).isEqualTo("Running 1 of 3 · bookshop · migrations");
        Element now = one(page, ".now");
        assertThat(now.text())
                .contains(
                        "15 V15__lines_name_real_books.sql",
                        "create index concurrently order_lines_isbn",
                        "2 of 3, line 14",
                        "1,234,567",
                        "41,230 of 100,000 blocks",
                        "pid 4711 (psql, idle in transaction for 3 min, waiting for pid 4712)",
                        "update orders set status = 'sent'",
                        "about 1 min 25 s more",
                        "ada");
        assertThat(one(now, ".run-progress").attr("value")).isEqualTo("15");
        assertThat(one(now, ".step-progress").attr("value")).isEqualTo("47");
        assertThat(one(now, ".server-progress").attr("value")).isEqualTo("41");
        assertThat(now.select("progress"))
                .allSatisfy(bar -> assertThat(bar.attr("aria-label")).isNotBlank());
    }

    @Test
    void showsAFailureWithItsLineAndCaret() {
        Document page = page(Samples.failed());

        assertThat(one(page, ".failure pre.error").wholeText())
                .contains("\n    alter table customers add column email text not null\n    ^\n");
        assertThat(one(page, ".failure a").attr("href")).isEqualTo("migrations/15");
        assertThat(page.select(".failure .next dt").eachText()).containsExactly("The database", "What to do next");
        assertThat(page.select(".failure .next dd").eachText())
                .containsExactly("The server rolled it back as a whole.", "Correct the script and start again.");
    }

    @Test
    void drawsRunsTheNewestFirstAndTellsThemApartInWords() {
        Document page = page(Samples.succeeded());

        assertThat(page.select("article.run h4").eachText())
                .containsExactly(
                        "Applied 17",
                        "Repaired 17",
                        "Failed at 17",
                        "Rolled back 17",
                        "Applied 6 migrations",
                        "Applied 6 migrations",
                        "Applied 6 migrations");
        assertThat(page.select("article.run").eachAttr("data-mark"))
                .startsWith("applied", "repair", "failed", "rollback", "applied");
        Element first = page.expectFirst("article.run[data-mark=rollback]");
        assertThat(first.text()).contains("in 40 ms", "by shop_owner", "on web-2, pid 4714, bookshop", "backup: shop-");
        assertThat(first.select("svg.length rect").attr("width")).isEqualTo("100");
    }

    @Test
    void foldsWhatIsOldOrLong() {
        List<MigrationInfo> history = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            history.add(Samples.row(String.valueOf(i), "x", "versioned", "applied", i, 1L, null, null));
        }
        history.addAll(Collections.nCopies(20, Samples.row("99", "x", "versioned", "applied", 99, 1L, null, null)));
        Document page = page(
                Samples.status(MigratorState.SUCCEEDED, "1", "1", 0, null, Samples.migrations(3), history, List.of()));

        assertThat(page.select("article.run")).hasSize(50);
        assertThat(page.expectFirst("article.run").text()).endsWith("and 8 more, which stand in the table");
        assertThat(page.select(".history").text())
                .endsWith("11 older runs are not drawn here; their migrations stand in the table.");
    }

    @Test
    void listsAllMigrationsTheNewestFirst() {
        Document page = page(Samples.succeeded());

        assertThat(page.select("#migrations thead th").eachText())
                .containsExactly("Version", "Description", "Kind", "State", "When", "Took", "By");
        assertThat(page.select("#migrations tbody tr")).hasSize(18).allSatisfy(row -> assertThat(row.attr("data-state"))
                .isEqualTo("applied"));
        assertThat(page.select("#migrations tbody tr:first-child th").text()).isEqualTo("17");
        assertThat(page.select("#migrations a[href]").eachAttr("href"))
                .hasSize(18)
                .startsWith("migrations/17")
                .endsWith("migrations/R__sales_by_month.sql");
        assertThat(page.select("#migrations time").first().attr("datetime")).isEqualTo("2026-12-09T09:49:25Z");
    }

    @ParameterizedTest
    @CsvSource({
        "isbn13, '', 3",
        "'ISBN13 required', '', 1",
        "V12__, '', 1",
        "'', pending, 3",
        "isbn13, pending, 0",
        "'', nonsense, 17",
        "' ', '', 17"
    })
    void filtersWithoutAScript(String q, String state, int rows) {
        Document page = page(Samples.page(Samples.pendingStatus()).with(PageFilter.of(q, state)));

        assertThat(page.select("#migrations tbody tr")).hasSize(rows);
        assertThat(page.select(".count").text()).isEqualTo((rows == 17 ? "" : rows + " of ") + "17 migrations");
        assertThat(page.select("form.filter[method=get] input[type=search][name=q]")
                        .val())
                .isEqualTo(q.strip());
        assertThat(page.select("select[name=state] option[selected]").val())
                .isEqualTo(state.equals("pending") ? "pending" : "");
    }

    @Test
    void showsNamesThatAreMarkupAndRunsNone() {
        String evil = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'\u202E&";
        MigrationInfo row = new MigrationInfo(
                evil,
                evil,
                evil,
                evil,
                evil,
                evil,
                evil,
                evil,
                evil,
                evil,
                Samples.BEGIN,
                3L,
                evil,
                evil,
                1,
                2,
                evil,
                evil,
                null);
        MigratorStatus status = new MigratorStatus(
                MigratorState.FAILED,
                evil,
                evil,
                evil,
                evil,
                1,
                null,
                List.of(row),
                List.of(row),
                List.of(evil),
                evil,
                evil,
                List.of(evil));
        Document page = page(PageModel.of(evil, List.of(new ShownMigrator(evil, evil, true, status)))
                .with(EnumSet.allOf(Operation.class))
                .with(PageFilter.of("<script>", "")));

        assertThat(page.select("script")).hasSize(1);
        assertThat(page.select("img")).isEmpty();
        assertThat(page.select("h1").text()).isEqualTo(evil.replace("\u202E", "⟨U+202E⟩"));
        assertThat(page.select("[name=q]").val()).isEqualTo("<script>");
        assertThat(page.html()).doesNotContain("\u202E");
        NothingForeign.check(page);
    }

    @Test
    void whatAnInstanceHasBegunThatIsNotThisOneIsSaidToBeSo() {
        MigrationInfo begun = Samples.row("15", "stock", "versioned", "running", 3, null, null, null);
        List<MigrationInfo> migrations = new ArrayList<>(Samples.migrations(14));
        migrations.add(begun);
        Document page = page(Samples.page(
                Samples.status(MigratorState.PENDING, "14", "15", 1, null, migrations, migrations, List.of())));

        assertThat(one(page, "div.state strong").text()).isEqualTo("Begun elsewhere: 1 migration");
        assertThat(one(page, ".elsewhere").text()).contains("15 stock", "Nothing runs here", "or it died");
        assertThat(page.select(".now")).isEmpty();
    }

    @Test
    void loadsNothingAndHasNoStyleAttributesAndNoHandlers() {
        List.of(Samples.succeeded(), Samples.pendingStatus(), Samples.failed(), Samples.running())
                .forEach(status ->
                        NothingForeign.check(page(Samples.page(status).with(EnumSet.allOf(Operation.class)))));
    }

    @Test
    void everyIdIsThereOnceAlsoWithSeveralMigrators() {
        Document page = page(PageModel.of(
                "shop",
                List.of(
                        new ShownMigrator("shop", "orders", true, Samples.failed()),
                        new ShownMigrator("shop", "books", false, Samples.pendingStatus()))));

        assertThat(page.select("[id]").eachAttr("id")).doesNotHaveDuplicates().contains("migrations", "migrations-2");
        assertThat(page.select("section.migrator").eachAttr("data-state")).containsExactly("failed", "disabled");
        assertThat(page.title()).startsWith("Failed");
        assertThat(page.select("h2").eachText())
                .containsExactly("shop orders public.schema_migrations", "shop books public.schema_migrations");
    }

    @Test
    void saysThatDetailsAreHiddenAndShowsWhatIsThere() {
        MigrationInfo bare = new MigrationInfo(
                "1",
                "x",
                "versioned",
                "V1__x.sql",
                null,
                "failed",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        Document page = page(Samples.page(Samples.status(
                        MigratorState.FAILED, null, null, 1, null, List.of(bare), List.of(bare), List.of()))
                .hidingDetails(true));

        assertThat(page.text()).contains("Details are hidden (migrator.endpoint.show-details).");
        assertThat(one(page, ".failure").text()).contains("1 x failed", "The error itself is not shown to you");
        assertThat(page.select("pre.error")).isEmpty();
    }

    @Test
    void showsOperationsOnlyToThoseWhoMayUseThem() {
        assertThat(page(Samples.failed()).select("button[data-operation], dialog"))
                .isEmpty();

        Document page = page(Samples.page(Samples.failed()).with(EnumSet.of(Operation.RETRY, Operation.CANCEL)));
        assertThat(page.select("button[data-operation]").eachAttr("data-operation"))
                .containsExactly("retry", "cancel");
        assertThat(page.select("button[data-operation]"))
                .allSatisfy(button -> assertThat(button.hasAttr("hidden")).isTrue());
        assertThat(page.select("button[disabled]").eachAttr("data-operation")).containsExactly("cancel");
    }

    @Test
    void refreshesItselfWithoutAScriptWhileSomethingRunsOnly() {
        assertThat(page(Samples.running()).select("meta[http-equiv=refresh]").attr("content"))
                .isEqualTo("3");
        assertThat(page(Samples.failed()).select("meta[http-equiv=refresh]")).isEmpty();
        assertThat(page(Samples.page(Samples.running()).refreshedEvery(0)).select("meta[http-equiv=refresh]"))
                .isEmpty();
    }

    @Test
    void theLivePartsAreThoseOfThePage() {
        PageModel model = Samples.page(Samples.succeeded());
        Element parts = Jsoup.parseBodyFragment(StatusPage.now(model)).expectFirst(".parts");

        assertThat(parts.attr("data-title")).isEqualTo(model.title());
        assertThat(parts.select(".live")).hasSize(1);
        String live = StatusPage.now(model);
        assertThat(StatusPage.of(model))
                .contains(live.substring(live.indexOf("<div class=\"live\""), live.lastIndexOf("</div>")));
    }

    @Test
    void fiveThousandMigrationsAreShownSoonAndTheirLivePartsAreSmall() {
        List<MigrationInfo> many = Samples.migrations(5000);
        PageModel model =
                Samples.page(Samples.status(MigratorState.SUCCEEDED, "5000", "5000", 0, null, many, many, List.of()));
        StatusPage.of(model);

        // other processes do not count
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        String html = StatusPage.of(model);
        Duration took = Duration.ofNanos(threads.getCurrentThreadCpuTime() - start);

        assertThat(took).isLessThan(Duration.ofSeconds(1));
        assertThat(html.length()).isLessThan(2_000_000);
        assertThat(Jsoup.parse(html).select("#migrations tbody tr")).hasSize(5000);
        assertThat(StatusPage.now(model)).hasSizeLessThan(2_000);
    }
}
