package dev.migrator.spring.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Names and texts that would be run where a page is careless are shown as they are. */
@ExtendWith(InChromium.class)
class HostileNamesTests {

    @TempDir
    static Path folder;

    private static Situation hostile;

    @BeforeAll
    static void start() throws Exception {
        hostile = Situations.hostile(folder);
    }

    @AfterAll
    static void stop() {
        hostile.close();
    }

    private static void assertNothingWasMade(Visit visit) {
        assertThat(visit.find("main img, main script, main b, main [onerror]")).hasCount(0);
        visit.assertSound();
    }

    @Test
    void namesAndErrorsAreShownAndNotRun(Chromium chromium) throws Exception {
        try (Visit visit = chromium.open(hostile.page())) {
            for (String name : List.of(
                    "say \"it's\" & go &lt;b&gt;", "<script>alert(1)<\u2215script>", "<img src=x onerror=alert(3)>")) {
                assertThat(visit.find("#migrations")).containsText(name);
            }
            assertThat(visit.find(".failure pre.error").first())
                    .containsText("</script><img src=x onerror=alert(5)> \"it's\" & </pre>");
            assertNothingWasMade(visit);
            Axe.assertAccessible(visit, "hostile names");

            visit.find("form.filter input[type=search]").fill("<img");
            assertThat(visit.find("#migrations tbody tr:visible")).hasCount(1);
            assertNothingWasMade(visit);
        }
    }

    @Test
    void theLinksOfSuchNamesLeadToTheirDetails(Chromium chromium) throws Exception {
        try (Visit visit = chromium.open(hostile.page())) {
            for (int version = 2; version <= 4; version++) {
                visit.go(hostile.page());
                Locator row = visit.row(String.valueOf(version));
                row.locator("a").first().click();
                assertThat(visit.find("main")).containsText("V" + version + "__");
                assertThat(visit.find("pre.sql").first()).isVisible();
                assertNothingWasMade(visit);
            }
            assertThat(visit.find("pre.sql").first()).containsText("-- </pre></script><script>alert(4)</script>");
        }
    }

    @Test
    void whatOthersCallThemselvesAndRunIsShownAsText(Chromium chromium) throws Exception {
        try (Situation situation = Situations.blocked(folder, "</script><img src=x onerror=alert(6)>");
                Visit visit = chromium.open(situation.page())) {
            assertThat(visit.find(".now")).containsText("</script><img src=x onerror=alert(6)>");
            assertThat(visit.find(".now")).containsText("lock table shelf in access share mode");
            assertNothingWasMade(visit);
        }
    }
}
