package dev.migrator.spring.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.ScreenshotAnimations;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Takes the README's pictures of the page, into the folder that is given; see CONTRIBUTING. */
@ExtendWith(InChromium.class)
@EnabledIfSystemProperty(
        named = "screenshots",
        matches = ".+",
        disabledReason = "Pictures are taken where somebody asks for them")
class ScreenshotsTests {

    private static final long MOST_BYTES = 150_000;
    private static final Look WINDOW = new Look(1000, 780, Look.DESK.scheme(), true, "");

    @TempDir
    Path folder;

    private static void take(Visit visit, String name) throws Exception {
        Path file = Path.of(System.getProperty("screenshots")).toAbsolutePath().resolve(name + ".png");
        Files.createDirectories(file.getParent());
        visit.page().screenshot(new ScreenshotOptions().setPath(file).setAnimations(ScreenshotAnimations.DISABLED));
        assertThat(Files.size(file)).as("bytes of " + file).isLessThan(MOST_BYTES);
    }

    @Test
    void ofAHistory(Chromium chromium) throws Exception {
        try (Situation shop = Bookshop.migrated(folder)) {
            try (Visit visit = chromium.open(shop.page(), WINDOW)) {
                take(visit, "history");
                visit.go(shop.page("7"));
                take(visit, "detail");
            }
            try (Visit visit = chromium.open(shop.page(), WINDOW.dark())) {
                take(visit, "dark");
            }
            try (Visit visit = chromium.open(shop.page(), Look.PHONE)) {
                take(visit, "phone");
            }
        }
    }

    @Test
    void ofARun(Chromium chromium) throws Exception {
        try (Situation shop = Bookshop.indexing(folder);
                Visit visit = chromium.open(shop.page(), WINDOW)) {
            visit.page().waitForFunction("""
                    () => { const bar = document.querySelector('progress.server-progress')
                            return bar && bar.position > 0.3 }""");
            take(visit, "running");
        }
    }

    @Test
    void ofAFailure(Chromium chromium) throws Exception {
        try (Situation shop = Bookshop.failed(folder);
                Visit visit = chromium.open(shop.page(), WINDOW)) {
            assertThat(visit.find(".failure pre.error").first()).isVisible();
            take(visit, "failed");
        }
    }
}
