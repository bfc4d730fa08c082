package dev.migrator.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.spring.startup.MigrationGate;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HoldOffTests {

    private final AtomicInteger asked = new AtomicInteger();
    private final HoldOff holdOff =
            new HoldOff(MigrationGate.closed(), Duration.ofMillis(500), Duration.ofMillis(200), () -> {
                asked.incrementAndGet();
                return new ExemptPaths(Set.of("/actuator", "/actuator/"), Set.of("/actuator/health", "/livez"));
            });

    @ParameterizedTest
    @ValueSource(
            strings = {"/actuator", "/actuator/", "/actuator/health", "/actuator/health/liveness", "/livez", "/livez/x"
            })
    void theActuatorsPathsAreLetThrough(String path) {
        assertThat(holdOff.lets(path, path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/actuatorX",
                "/actuator/other",
                "/actuator/healthX",
                "/livezX",
                "/actuator//health",
                "/actuator/health/../x",
                "/actuator/health;a=b",
                "/actuator/health/%2e%2E/x",
                "/actuator/health/%2Fx",
                "/actuator/health\\..\\x",
                "/actuator/health/./x"
            })
    void nothingElseIs(String path) {
        assertThat(holdOff.lets(path, path)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"/actuator/health, /hello", "/hello, /actuator/health"})
    void bothReadingsOfThePathMustBeTheActuators(String raw, String normalised) {
        assertThat(holdOff.lets(raw, normalised)).isFalse();
    }

    @Test
    void thePathsAreAskedForOnceAndWithTheFirstRequest() {
        assertThat(asked).hasValue(0);
        holdOff.lets("/livez", "/livez");
        holdOff.lets("/livez", "/livez");
        assertThat(asked).hasValue(1);
    }

    @Test
    void aGateThatIsOpenHoldsNobodyOff() {
        assertThat(holdOff.isOver()).isFalse();
        assertThat(new HoldOff(MigrationGate.alwaysOpen(), Duration.ZERO, Duration.ofSeconds(5), ExemptPaths::none)
                        .isOver())
                .isTrue();
    }

    @Test
    void theProblemIsJsonAndTheDelayAtLeastASecond() {
        HeldOffResponse answer = holdOff.answer("application/json");

        JsonNode problem = new JsonMapper().readTree(answer.body());
        assertThat(problem.propertyNames()).containsExactly("type", "title", "status", "detail");
        assertThat(problem.get("status").asInt()).isEqualTo(503);
        assertThat(answer.headers()).containsEntry("Retry-After", "1").containsEntry("Cache-Control", "no-store");
        assertThat(answer.headers()).containsEntry("Content-Length", String.valueOf(answer.body().length));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                "- | application/problem+json",
                "*/* | application/problem+json",
                "application/json | application/problem+json",
                "application/problem+json, text/html | application/problem+json",
                "image/png | application/problem+json",
                "text/html | text/html;charset=UTF-8",
                "TEXT/HTML;q=0.9,*/*;q=0.8 | text/html;charset=UTF-8"
            })
    void onlyBrowsersGetAPage(String accept, String type) {
        assertThat(holdOff.answer(accept).headers()).containsEntry("Content-Type", type);
    }

    @Test
    void thePageStandsOnItsOwn() {
        String page = new String(holdOff.answer("text/html").body(), StandardCharsets.UTF_8);

        assertThat(page)
                .contains("http-equiv=\"refresh\" content=\"1\"")
                .doesNotContain("src=", "href=", "http://", "url(");
    }
}
