package dev.migrator.spring.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the page shows in each state, and that everybody can use it there. */
@ExtendWith(InChromium.class)
class MigrationsPageTests {

    @TempDir
    Path folder;

    private static Visit open(Chromium chromium, Situation situation, String state) throws Exception {
        Visit visit = chromium.open(situation.page());
        assertThat(visit.page()).hasTitle(Pattern.compile("^" + state + "\\b", Pattern.CASE_INSENSITIVE));
        assertThat(visit.find("html")).hasAttribute("lang", "en");
        assertThat(visit.find("main")).hasCount(1);
        assertThat(visit.find("h1")).hasCount(1);
        assertThat(visit.find("section.migrator")).hasAttribute("data-state", state);
        assertThat(visit.find("section.migrator")).hasAttribute("data-migrator", "migrator");
        Locator banner =
                visit.page().getByRole(AriaRole.STATUS).locator(".state").or(visit.find(".state[role=status]"));
        assertThat(banner.first()).isVisible();
        assertThat(banner.first()).containsText(Pattern.compile(state, Pattern.CASE_INSENSITIVE));
        return visit;
    }

    private static void assertGood(Visit visit, String what) {
        Axe.assertAccessible(visit, what);
        visit.assertSound();
    }

    @Test
    void saysThatThereIsNothing(Chromium chromium) throws Exception {
        try (Situation situation = Situations.empty(folder);
                Visit visit = open(chromium, situation, "succeeded")) {
            assertThat(visit.find("main")).containsText("No migrations were found");
            assertThat(visit.find("#migrations tbody tr")).hasCount(0);
            assertThat(visit.find(".now")).hasCount(0);
            assertGood(visit, "nothing found");
        }
    }

    @Test
    void listsWhatIsPending(Chromium chromium) throws Exception {
        try (Situation situation = Situations.pending(folder);
                Visit visit = open(chromium, situation, "disabled")) {
            assertThat(visit.find(".pending")).containsText("orders");
            assertThat(visit.find(".pending")).containsText("items");
            assertThat(visit.find(".state")).containsText("2");
            assertThat(visit.find("#migrations tr[data-state=pending]")).hasCount(2);
            assertThat(visit.find("#migrations tr[data-state=applied]")).hasCount(1);
            assertThat(visit.find(".now, .failure")).hasCount(0);
            assertGood(visit, "pending");
        }
    }

    @Test
    void groupsWhatHasRunByItsRunsTheNewestFirst(Chromium chromium) throws Exception {
        try (Situation situation = Situations.succeeded(folder);
                Visit visit = open(chromium, situation, "succeeded")) {
            Locator runs = visit.find(".history article.run");
            assertThat(runs).hasCount(2);
            assertThat(runs.nth(0)).containsText("orders");
            assertThat(runs.nth(0)).containsText("names");
            assertThat(runs.nth(1)).containsText("customers");
            assertThat(runs.nth(1)).containsText("more customers");
            assertThat(runs.nth(0)).containsText("bookshop");
            assertThat(runs.nth(0).locator("time[datetime]").first()).isVisible();
            assertThat(runs.nth(0).locator("svg")).not().hasCount(0);
            assertThat(visit.find("#migrations tr[data-state=applied]")).hasCount(4);
            assertThat(visit.find(".now, .failure")).hasCount(0);
            assertGood(visit, "succeeded");
        }
    }

    @Test
    void showsAnErrorWithItsLineAndCaret(Chromium chromium) throws Exception {
        try (Situation situation = Situations.failed(folder);
                Visit visit = open(chromium, situation, "failed")) {
            Locator error = visit.find(".failure pre.error").first();
            assertThat(error).isVisible();
            assertThat(visit.find(".failure")).containsText("V2__orders.sql:3:12");
            String text = error.textContent();
            assertThat(text).contains("no_such_column", "42703", "^");
            String line = text.lines()
                    .filter(each -> each.contains("select id, no_such_column"))
                    .findFirst()
                    .orElseThrow();
            String caret = text.lines()
                    .filter(each -> each.strip().equals("^"))
                    .findFirst()
                    .orElseThrow();
            assertThat(caret.indexOf('^')).as("the column of the caret").isEqualTo(line.indexOf("no_such_column"));
            assertThat(error).hasCSS("white-space", Pattern.compile("pre.*"));
            assertThat(visit.find("#migrations tr[data-state=failed]")).hasCount(1);
            assertGood(visit, "failed");
        }
    }

    @Test
    void saysWhereAnInterruptedMigrationStands(Chromium chromium) throws Exception {
        try (Situation situation = Situations.interrupted(folder);
                Visit visit = open(chromium, situation, "disabled")) {
            assertThat(visit.find("#migrations tr[data-state=interrupted]")).hasCount(1);
            assertThat(visit.find("#migrations tr[data-state=interrupted]")).containsText("tidy");
            assertThat(visit.find(".history")).containsText(Pattern.compile("interrupted", Pattern.CASE_INSENSITIVE));
            assertGood(visit, "interrupted");
        }
    }

    @Test
    void namesWhoKeepsTheMigrationWaiting(Chromium chromium) throws Exception {
        try (Situation situation = Situations.blocked(folder, "night-report");
                Visit visit = open(chromium, situation, "running")) {
            Locator now = visit.find(".now");
            assertThat(now).containsText("night-report");
            assertThat(now).containsText("idle in transaction");
            assertThat(now).containsText("V1__number.sql");
            assertThat(now.locator("dl")).not().hasCount(0);
            assertGood(visit, "blocked");
        }
    }

    @Test
    void saysThatItWaitsForAnotherInstance(Chromium chromium) throws Exception {
        try (Situation situation = Situations.waiting(folder);
                Visit visit = open(chromium, situation, "running")) {
            assertThat(visit.find(".now")).containsText("the-first");
            assertThat(visit.find(".now")).containsText(Pattern.compile("lock", Pattern.CASE_INSENSITIVE));
            assertGood(visit, "waiting for the lock");
        }
    }

    @Test
    void everyBarHasANameForThoseWhoDoNotSeeIt(Chromium chromium) throws Exception {
        try (Situation situation = Situations.indexing(folder, 10);
                Visit visit = open(chromium, situation, "running")) {
            for (String bar : new String[] {"run-progress", "step-progress", "server-progress"}) {
                Locator progress = visit.find("progress." + bar);
                assertThat(progress).isVisible();
                assertThat(progress).hasAccessibleName(Pattern.compile("\\S+"));
            }
            assertGood(visit, "building an index");
        }
    }
}
