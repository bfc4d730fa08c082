package dev.migrator.spring.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** That what the other tests rely on sees what it should see. */
@ExtendWith(InChromium.class)
class ChromiumTests {

    private static final String BLANK = "about:blank";

    @Test
    void seesWhatGoesWrongInAPage(Chromium chromium) {
        try (Visit visit = chromium.open(BLANK)) {
            visit.page().setContent("""
                    <!DOCTYPE html><html><body style="width: 3000px"><img src="http://localhost:1/x.png" onerror="alert(1)">
                    <script>nothing.there()</script><p style="color: #888; background: #999">gray</p></body></html>""");

            assertThatThrownBy(visit::assertSound)
                    .hasMessageContaining("a dialog: 1")
                    .hasMessageContaining("nothing is not defined");
            assertThat(visit.requests()).contains("GET http://localhost:1/x.png");
            assertThatThrownBy(visit::assertFits)
                    .hasMessageContaining("in 1280")
                    .hasMessageContaining("gray");
            assertThat(Axe.violations(visit))
                    .anySatisfy(
                            each -> assertThat(each).startsWith("image-alt:").contains("x.png"))
                    .anySatisfy(each -> assertThat(each).startsWith("color-contrast:"))
                    .anySatisfy(each -> assertThat(each).startsWith("html-has-lang:"));
        }
    }

    @Test
    void reachesNothingButThisMachine(Chromium chromium) {
        assertThatThrownBy(() -> chromium.open("http://192.0.2.1/")).hasMessageContaining("ERR_NAME_NOT_RESOLVED");
        assertThatThrownBy(() -> chromium.open("http://example.org/")).hasMessageContaining("ERR_NAME_NOT_RESOLVED");
    }

    @Test
    void leavesNoProcessBehind() {
        List<Long> before = processes().map(ProcessHandle::pid).toList();
        List<ProcessHandle> started;
        try (Chromium another = Chromium.start(Chromium.installed().orElseThrow());
                Visit visit = another.open(BLANK)) {
            // the browser that the other tests use starts processes too
            ProcessHandle driver = processes()
                    .filter(process -> !before.contains(process.pid()) && isDriver(process))
                    .findFirst()
                    .orElseThrow();
            started = Stream.concat(Stream.of(driver), driver.descendants()).collect(Collectors.toList());
            assertThat(started).hasSizeGreaterThan(1);
            assertThat(visit.requests()).isEmpty();
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> started.stream().noneMatch(ProcessHandle::isAlive));
    }

    private static boolean isDriver(ProcessHandle process) {
        return process.info().command().filter(name -> name.endsWith("/node")).isPresent();
    }

    private static Stream<ProcessHandle> processes() {
        return ProcessHandle.current().descendants().filter(process -> process.info()
                .command()
                .filter(name -> name.contains("chrom") || name.endsWith("/node"))
                .isPresent());
    }
}
