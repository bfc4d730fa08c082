package dev.migrator.spring.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.LocatorAssertions.HasAttributeOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The page where its script does not run: because the browser has none, or because a policy forbids it, and the style too. */
@ExtendWith(InChromium.class)
@ParameterizedClass
@EnumSource
class PlainPageTests {

    enum Without {
        SCRIPT(Look.DESK.withoutScript()),
        INLINE(Look.DESK.under("default-src 'none'"));

        private final Look look;

        Without(Look look) {
            this.look = look;
        }
    }

    @Parameter
    Without without;

    @TempDir
    Path folder;

    private Visit open(Chromium chromium, String url) {
        return chromium.open(url, without.look);
    }

    private static void assertSound(Visit visit) {
        visit.assertSound("Content Security Policy");
    }

    @Test
    void isCompleteAndFiltersThroughTheServer(Chromium chromium) throws Exception {
        try (Situation situation = Situations.succeeded(folder);
                Visit visit = open(chromium, situation.page())) {
            assertThat(visit.find(".history article.run")).hasCount(2);
            assertThat(visit.find("#migrations tbody tr")).hasCount(4);
            assertThat(visit.find("button[data-operation]:visible")).hasCount(0);

            visit.find("form.filter input[name=q]").fill("orders");
            visit.find("form.filter input[name=q]").press("Enter");
            assertThat(visit.page()).hasURL(Pattern.compile("[?&]q=orders\\b"));
            assertThat(visit.find("#migrations tbody tr")).hasCount(1);
            assertThat(visit.find("#migrations tbody tr")).containsText("orders");
            assertThat(visit.find("form.filter input[name=q]")).hasValue("orders");

            visit.go(situation.page() + "?q=&state=pending");
            assertThat(visit.find("#migrations tbody tr[data-state=applied]")).hasCount(0);
            assertThat(visit.find("form.filter select[name=state]")).hasValue("pending");

            visit.go(situation.page());
            visit.row("1").locator("a").first().click();
            assertThat(visit.find("pre.sql").first()).containsText("create table customers");
            assertThat(visit.find("table.statements tbody tr")).hasCount(2);
            assertSound(visit);
        }
    }

    @Test
    void showsHowFarARunIsAndItsEndByItself(Chromium chromium) throws Exception {
        try (Situation situation = Situations.indexing(folder, 3);
                Visit visit = open(chromium, situation.page())) {
            assertThat(visit.find(".now")).containsText("V1__events_what.sql");
            assertThat(visit.find("progress.server-progress")).hasCount(1);

            assertThat(visit.find("section.migrator"))
                    .hasAttribute("data-state", "succeeded", new HasAttributeOptions().setTimeout(60_000));
            assertThat(visit.find(".now")).hasCount(0);
            int requests = visit.requests().size();
            assertThat(requests).as("requests until the end").isGreaterThan(1);
            assertThat(visit.find("meta[http-equiv=refresh]")).hasCount(0);
            assertSound(visit);
        }
    }

    @Test
    void refreshesItselfWhileItWaits(Chromium chromium) throws Exception {
        try (Situation situation = Situations.blocked(folder, "night-report");
                Visit visit = open(chromium, situation.page())) {
            assertThat(visit.find(".now")).containsText("night-report");
            String before = visit.text(".now");

            visit.until("loaded twice more", () -> visit.requests().size() > 2);
            assertThat(visit.requests()).allMatch(request -> request.startsWith("GET "));
            assertThat(visit.find(".now")).not().hasText(before);
            assertSound(visit);
        }
    }

    @Test
    void namesOfHostilePeopleAreNotRunHereEither(Chromium chromium) throws Exception {
        try (Situation situation = Situations.hostile(folder);
                Visit visit = open(chromium, situation.page())) {
            for (String text : List.of("<script>alert(1)", "<img src=x onerror=alert(3)>")) {
                assertThat(visit.find("#migrations")).containsText(text);
            }
            assertThat(visit.find("main img, main script, main [onerror]")).hasCount(0);
            assertSound(visit);
        }
    }
}
