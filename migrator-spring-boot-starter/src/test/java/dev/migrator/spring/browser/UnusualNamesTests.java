package dev.migrator.spring.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.options.ForcedColors;
import dev.migrator.MigrationInfo;
import dev.migrator.MigratorState;
import dev.migrator.MigratorStatus;
import dev.migrator.page.PageModel;
import dev.migrator.page.ShownMigrator;
import dev.migrator.page.StatusPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Names without a space in them, or that are read from the right. */
@ExtendWith(InChromium.class)
class UnusualNamesTests {

    private static final String LONG = "2026-01-28-120000_add_email_to_users_and_many_other_things_that_nothing_breaks";
    private static final String FROM_THE_RIGHT = "\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd";

    @TempDir
    Path folder;

    private Path page() throws IOException {
        List<MigrationInfo> migrations = List.of(
                row(LONG + "1", FROM_THE_RIGHT, "failed"),
                row(LONG + "2", "x".repeat(200), "applied"),
                row(LONG + "3", "y".repeat(200), "running"),
                row(LONG + "4", "z".repeat(200), "pending"));
        MigratorStatus status = new MigratorStatus(
                MigratorState.FAILED,
                LONG,
                LONG,
                LONG,
                LONG,
                5_000,
                null,
                migrations,
                migrations.subList(0, 3),
                List.of("x".repeat(300)),
                LONG + LONG,
                LONG + LONG,
                List.of(LONG + LONG));
        String html = StatusPage.of(PageModel.of(LONG + LONG, List.of(new ShownMigrator(LONG, LONG, true, status))));
        return Files.writeString(folder.resolve("page.html"), html);
    }

    private static MigrationInfo row(String version, String description, String state) {
        boolean pending = state.equals("pending");
        return new MigrationInfo(
                version,
                description,
                "versioned",
                "V" + version + ".sql",
                null,
                state,
                pending ? null : LONG,
                pending ? null : LONG,
                pending ? null : LONG,
                pending ? null : version,
                pending ? null : Instant.EPOCH,
                pending ? null : (Long) 35_999_000L,
                state.equals("failed") ? "x".repeat(300) : null,
                null,
                1,
                3,
                pending ? null : LONG,
                null,
                null);
    }

    @Test
    void fitOnAPhone(Chromium chromium) throws Exception {
        try (Visit visit = chromium.open(page().toUri().toString(), Look.PHONE)) {
            visit.assertFits();
        }
    }

    /** Else "failed 1 of 3 done" would be read as "3 of 1 failed". */
    @Test
    void turnNothingAroundThatStandsBesideThem(Chromium chromium) throws Exception {
        try (Visit visit = chromium.open(page().toUri().toString())) {
            assertThat(visit.find(".failure .which a")).hasCSS("unicode-bidi", "isolate");
            assertThat(visit.find("#migrations td").first()).hasCSS("unicode-bidi", "isolate");
        }
    }

    @Test
    void barsAreSeenInTheColoursOfTheSystem(Chromium chromium) throws Exception {
        try (Visit visit = chromium.open(page().toUri().toString())) {
            visit.page().emulateMedia(new EmulateMediaOptions().setForcedColors(ForcedColors.ACTIVE));
            visit.page()
                    .evaluate(
                            "() => document.querySelector('main').insertAdjacentHTML('beforeend', '<progress value=1>')");
            assertThat(visit.find("progress")).hasCSS("border-top-style", "solid");
        }
    }
}
