package dev.migrator.spring.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The page of one migration. */
@ExtendWith(InChromium.class)
class DetailsPageTests {

    @TempDir
    static Path folder;

    private static Situation shop;

    @BeforeAll
    static void start() throws Exception {
        shop = Situations.succeeded(folder);
    }

    @AfterAll
    static void stop() {
        shop.close();
    }

    @Test
    void showsTheScriptInColoursItsStatementsAndItsWayBack(Chromium chromium) throws Exception {
        try (Visit visit = chromium.open(shop.page())) {
            visit.row("1").locator("a").first().click();

            assertThat(visit.find("h1")).containsText("customers");
            assertThat(visit.find(".facts")).containsText("c1:");
            assertThat(visit.find(".facts")).containsText("bookshop");
            Locator sql = visit.find("pre.sql").first();
            assertThat(sql.locator("span.c").first()).hasText("-- Who buys.");
            assertThat(sql.locator("span.k").first()).hasText(Pattern.compile("create", Pattern.CASE_INSENSITIVE));
            assertThat(sql.locator("span.s").first()).hasText("'nobody'");
            assertThat(visit.find("table.statements tbody tr")).hasCount(2);
            assertThat(visit.find("table.statements tbody tr").nth(0)).containsText("create table customers");
            assertThat(visit.find("table.statements tbody tr").nth(1)).containsText("create index customers_name");
            assertThat(visit.find(".rollback")).containsText("drop table customers");
            Axe.assertAccessible(visit, "a migration's page");
            visit.assertSound();
        }
    }

    @Test
    void whatIsCopiedIsTheScriptAndNothingElse(Chromium chromium) throws Exception {
        try (Visit visit = chromium.open(shop.page("2"))) {
            String copied = (String) visit.page().evaluate("""
                    () => {
                      getSelection().selectAllChildren(document.querySelector('pre.sql'))
                      return getSelection().toString()
                    }""");

            assertThat(copied.strip())
                    .isEqualTo(Files.readString(shop.file("V2__more_customers.sql"))
                            .strip());
        }
    }

    @Test
    void aFailedOneShowsItsError(Chromium chromium) throws Exception {
        try (Situation situation = Situations.failed(folder);
                Visit visit = chromium.open(situation.page("2"))) {
            assertThat(visit.find("main")).containsText("no_such_column");
            assertThat(visit.find("pre.sql").first()).containsText("select id, no_such_column from customers");
            Axe.assertAccessible(visit, "a failed migration's page");
            visit.assertSound();
        }
    }
}
