package dev.migrator.spring.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page.WaitForFunctionOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasAttributeOptions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The page beside a migration that runs. */
@ExtendWith(InChromium.class)
class MigrationsPageLiveTests {

    @TempDir
    Path folder;

    @Test
    void theBarOfAnIndexOnAMillionRowsMovesWhileTheReaderKeepsHisPlace(Chromium chromium) throws Exception {
        try (Situation situation = Situations.indexing(folder, 10);
                Visit visit = chromium.open(situation.page())) {
            visit.mark();
            Locator search = visit.find("form.filter input[type=search]");
            search.focus();
            visit.page().evaluate("""
                    () => {
                      window.seen = []
                      const look = () => {
                        const bar = document.querySelector('progress.server-progress')
                        if (bar && bar.hasAttribute('value')) {
                          const percent = Math.round(1000 * bar.position) / 10
                          if (window.seen.at(-1) !== percent) window.seen.push(percent)
                        }
                      }
                      look()
                      setInterval(look, 50)
                    }""");

            visit.page()
                    .waitForFunction(
                            "() => window.seen.length >= 3",
                            null,
                            new WaitForFunctionOptions().setTimeout(Chromium.PATIENCE));

            assertThat(visit.isTheSameDocument()).as("not loaded anew").isTrue();
            assertThat(search).isFocused();
            List<?> seen = (List<?>) visit.page().evaluate("() => window.seen");
            assertThat(seen).as("percents seen").allSatisfy(each -> assertThat(((Number) each).doubleValue())
                    .isBetween(0.0, 100.0));

            assertThat(visit.find("section.migrator"))
                    .hasAttribute("data-state", "succeeded", new HasAttributeOptions().setTimeout(60_000));
            assertThat(visit.find("#migrations tr[data-state=running]")).hasCount(0);
            assertThat(visit.find(".now")).hasCount(0);
            visit.assertSound();
        }
    }

    @Test
    void theReaderKeepsFocusAndSelectionInWhatIsUpdated(Chromium chromium) throws Exception {
        try (Situation situation = Situations.blocked(folder, "night-report");
                Visit visit = chromium.open(situation.page())) {
            visit.mark();
            Locator link = visit.find(".now a[href]").first();
            link.focus();
            visit.page()
                    .evaluate("() => getSelection().selectAllChildren(document.querySelector('.now pre.statement'))");
            String before = visit.text(".now");

            visit.until("the facts have changed", () -> !visit.text(".now").equals(before));

            assertThat(visit.isTheSameDocument()).as("not loaded anew").isTrue();
            assertThat(link).isFocused();
            assertThat(visit.page().evaluate("() => getSelection().toString()").toString())
                    .contains("alter table shelf");
            visit.assertSound();
        }
    }
}
