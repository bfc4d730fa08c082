package dev.migrator.spring.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import dev.migrator.spring.test.Hold;
import dev.migrator.spring.test.Postgres;
import dev.migrator.spring.test.RunningApplication;
import dev.migrator.spring.test.WebApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a visitor of the application sees while it migrates. */
@ExtendWith(InChromium.class)
class GatePageTests {

    private final Hold hold = new Hold();

    private RunningApplication migrating(String retryAfter) throws Exception {
        return RunningApplication.of(WebApplication.class)
                .database(Postgres.newDatabase())
                .with("migrator.hold-off.retry-after=" + retryAfter)
                .held(hold)
                .start()
                .awaitMigration();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givesWayToTheApplicationByItself(boolean script, Chromium chromium) throws Exception {
        try (RunningApplication app = migrating("1s");
                Visit visit = chromium.open(app.url("/hello"), script ? Look.DESK : Look.DESK.withoutScript())) {
            assertThat(visit.find("main h1")).hasText("One moment, please");

            hold.release();
            app.awaitStarted();

            assertThat(visit.find("body")).hasText("hello");
            visit.assertSound("503");
        }
    }

    @Test
    void isAccessible(Chromium chromium) throws Exception {
        try (RunningApplication app = migrating("10m");
                Visit visit = chromium.open(app.url("/hello"))) {
            assertThat(visit.find("html")).hasAttribute("lang", "en");
            // it is one sentence, in which nobody can lose his place, and all that a visitor wants is what comes after
            // it
            Axe.assertAccessible(visit, "the gate's page", "meta-refresh");
            visit.assertSound("503");
        }
    }
}
