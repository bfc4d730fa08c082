package dev.migrator.spring.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A history of many years. */
@ExtendWith(InChromium.class)
class ManyMigrationsTests {

    private static final int COUNT = 5000;
    private static final int MILLISECONDS = 100;

    @TempDir
    Path folder;

    /**
     * Types into the search as a person would, and measures from each key to the end of the work that it makes; three times,
     * of which the quickest counts, for other programs run beside.
     */
    private static final String TYPE = """
            async text => {
              const search = document.querySelector('form.filter input[name=q]')
              const type = value => {
                search.value = value
                search.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText' }))
                document.body.offsetHeight
              }
              const best = []
              for (let round = 0; round < 3; round++) {
                type('')
                for (let n = 1; n <= text.length; n++) {
                  await new Promise(requestAnimationFrame)
                  await new Promise(done => setTimeout(done, 0))
                  const begin = performance.now()
                  type(text.slice(0, n))
                  best[n - 1] = Math.min(best[n - 1] ?? Infinity, performance.now() - begin)
                }
              }
              return best
            }""";

    @Test
    void areSearchedWithoutLag(Chromium chromium) throws Exception {
        try (Situation situation = Situations.many(folder, COUNT);
                Visit visit = chromium.open(situation.page())) {
            Locator shown = visit.find("#migrations tbody tr:visible");
            Locator count = visit.find(".count").first();
            assertThat(visit.find("#migrations tbody tr")).hasCount(COUNT);
            assertThat(count).hasAttribute("aria-live", "polite");
            assertThat(count).containsText(Pattern.compile("5.?000"));

            List<?> times = (List<?>) visit.page().evaluate(TYPE, "v4711__odd");
            assertThat(times).as("milliseconds for each key").allSatisfy(each -> assertThat(
                            ((Number) each).doubleValue())
                    .isLessThan(MILLISECONDS));
            assertThat(shown).hasCount(1);
            assertThat(shown).containsText("4711");
            assertThat(count).containsText(Pattern.compile("\\b1\\b"));

            visit.find("form.filter input[name=q]").fill("even");
            assertThat(shown).hasCount(COUNT / 2);
            visit.find("form.filter input[name=q]").fill("");
            visit.find("form.filter select[name=state]").selectOption("applied");
            assertThat(shown).hasCount(0);
            assertThat(count).containsText(Pattern.compile("\\b(0|[Nn]one?)\\b"));
            assertThat(visit.requests())
                    .as("nothing is asked of the server but how it stands")
                    .allMatch(request -> request.endsWith(Situation.PAGE) || request.contains("part=now"))
                    .filteredOn(request -> request.endsWith(Situation.PAGE))
                    .hasSize(1);
            visit.assertSound();
        }
    }
}
