package dev.migrator.spring.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The page without a mouse. */
@ExtendWith(InChromium.class)
class KeyboardTests {

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

    /** Whether one sees where the focus is: by an outline or a shadow that is not there without it. */
    private static final String FOCUS_SEEN = """
            () => {
              const e = document.activeElement
              const look = () => { const s = getComputedStyle(e)
                  return [s.outlineStyle === 'none' ? '' : s.outlineWidth + s.outlineColor, s.boxShadow, s.borderColor, s.backgroundColor].join() }
              const box = e.getBoundingClientRect()
              if (box.width < 2 || box.height < 2 || box.bottom < 0 || box.right < 0) return 'out of sight'
              const focused = look()
              e.blur()
              const plain = look()
              e.focus()
              return focused === plain ? 'not to be seen' : 'seen'
            }""";

    @Test
    void reachesEverythingInTheOrderOfThePageAndOneSeesWhere(Chromium chromium) throws Exception {
        try (Visit visit = chromium.open(shop.page())) {
            List<String> stops = new ArrayList<>();
            for (int n = 0; n < 80; n++) {
                visit.page().keyboard().press("Tab");
                String stop = visit.focused();
                if (stop.equals("nothing")) {
                    break;
                }
                assertThat(visit.page().evaluate(FOCUS_SEEN))
                        .as("the focus on " + stop)
                        .isEqualTo("seen");
                stops.add((String) visit.page().evaluate("""
                        () => {
                          const e = document.activeElement
                          if (e.matches('form.filter input[name=q]')) return 'search'
                          if (e.matches('form.filter select[name=state]')) return 'state'
                          if (e.closest('#migrations tbody tr')) return 'row'
                          if (e.matches('a[href^="#"]') && !e.closest('main')) return 'skip'
                          return 'other'
                        }"""));
            }
            assertThat(stops.get(0)).as("the first stop of %s", stops).isEqualTo("skip");
            assertThat(stops).containsSubsequence("skip", "search", "state", "row", "row", "row", "row");
            visit.assertSound();
        }
    }

    @Test
    void skipsToTheContentAndOpensAMigration(Chromium chromium) throws Exception {
        try (Visit visit = chromium.open(shop.page())) {
            visit.page().keyboard().press("Tab");
            visit.page().keyboard().press("Enter");
            visit.page().keyboard().press("Tab");
            assertThat(visit.page().evaluate("() => document.activeElement.closest('main') !== null"))
                    .as("in the content: " + visit.focused())
                    .isEqualTo(true);

            visit.row("2").locator("a").first().focus();
            visit.page().keyboard().press("Enter");
            assertThat(visit.find("pre.sql").first()).containsText("A hundred of them");
            visit.page().goBack();
            assertThat(visit.find("#migrations")).isVisible();
            visit.assertSound();
        }
    }
}
