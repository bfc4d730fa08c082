package dev.migrator.spring.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import dev.migrator.spring.test.Postgres;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What one may start from the page, and who may. */
@ExtendWith(InChromium.class)
class OperationsTests {

    @TempDir
    Path folder;

    @Test
    void areNotOfferedWhereTheEndpointOnlyReads(Chromium chromium) throws Exception {
        try (Situation situation = Situations.succeeded(folder, "management.endpoint.migrations.access=read-only");
                Visit visit = chromium.open(situation.page())) {
            assertThat(visit.find("#migrations")).isVisible();
            assertThat(visit.find("button[data-operation]:visible")).hasCount(0);
            visit.assertSound();
        }
    }

    @Test
    void aValidationAnswersInThePage(Chromium chromium) throws Exception {
        try (Situation situation = Situations.succeeded(folder);
                Visit visit = chromium.open(situation.page())) {
            operate(visit, "validate");

            assertThat(visit.find("[role=status], [role=alert], [aria-live]")
                            .filter(new Locator.FilterOptions().setHasText("All is well."))
                            .first())
                    .isVisible();
            visit.assertSound();
        }
    }

    @Test
    void aRunIsCancelledAfterAQuestion(Chromium chromium) throws Exception {
        try (Situation situation = Situations.blocked(folder, "night-report");
                Visit visit = chromium.open(situation.page())) {
            Locator dialog = visit.find("dialog[open]");
            visit.find("button[data-operation=cancel]").click();
            assertThat(dialog).isVisible();
            Axe.assertAccessible(visit, "the question");
            visit.page().keyboard().press("Escape");
            assertThat(dialog).hasCount(0);
            assertThat(visit.find("button[data-operation=cancel]")).isFocused();
            assertThat(visit.find("section.migrator")).hasAttribute("data-state", "running");

            Response answer = visit.page()
                    .waitForResponse(
                            response -> response.request().method().equals("POST"), () -> operate(visit, "cancel"));

            assertThat(answer.status()).isEqualTo(202);
            // with its first run cancelled the application does not start, and the page says that nobody answers any
            // more
            assertThat(visit.find(".offline")).containsText("No answer since");
            assertThat(
                            Postgres.query(
                                    situation.database(),
                                    "select count(*) from pg_attribute where attrelid = 'shelf'::regclass and attname = 'number'"))
                    .isEqualTo("0");
            visit.assertSound("ERR_CONNECTION");
        }
    }

    private static void operate(Visit visit, String operation) {
        visit.find("button[data-operation=" + operation + "]").click();
        Locator dialog = visit.find("dialog[open]");
        dialog.getByRole(AriaRole.BUTTON)
                .filter(new Locator.FilterOptions()
                        .setHasNotText(Pattern.compile("no\\b|not|back|keep|close", Pattern.CASE_INSENSITIVE)))
                .first()
                .click();
    }
}
