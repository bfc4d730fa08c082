package dev.migrator.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.spring.test.Postgres;
import dev.migrator.spring.test.RunningApplication;
import dev.migrator.spring.test.WebApplication;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;

/** Who gets the page and who gets JSON, and what is answered to odd requests. */
class NegotiationTests {

    private static final String V3 = "application/vnd.spring-boot.actuator.v3+json";
    private static final String V2 = "application/vnd.spring-boot.actuator.v2+json";
    private static final String JSON = "application/json";
    private static final String PAGE = "text/html;charset=UTF-8";
    private static final String FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    private static final String CHROME = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,"
            + "image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7";

    /** What is accepted, and the type of what is given. */
    private static final Map<String, String> TABLE = Map.ofEntries(
            Map.entry("*/*", V3),
            Map.entry(JSON, JSON),
            Map.entry("application/*", V3),
            Map.entry("application/json, text/plain, */*", JSON),
            Map.entry(V3, V3),
            Map.entry(V2, V2),
            Map.entry("text/html", PAGE),
            Map.entry("text/*", PAGE),
            Map.entry(FIREFOX, PAGE),
            Map.entry(CHROME, PAGE),
            Map.entry("text/html;q=0.1,application/json", JSON),
            Map.entry("application/json;q=0.1,text/html", PAGE));

    private static RunningApplication application(WebApplicationType type, String... properties) throws Exception {
        RunningApplication app = RunningApplication.of(WebApplication.class)
                .web(type)
                .database(Postgres.newDatabase())
                .with(properties)
                .start();
        app.awaitStarted();
        return app;
    }

    private static String type(HttpResponse<String> answer) {
        return answer.headers().firstValue("Content-Type").orElse("none").replace(" ", "");
    }

    @ParameterizedTest
    @EnumSource(
            value = WebApplicationType.class,
            names = {"SERVLET", "REACTIVE"})
    void browsersGetThePageAndAllOthersJson(WebApplicationType stack) throws Exception {
        try (RunningApplication app = application(stack)) {
            for (String path : new String[] {"/actuator/migrations", "/actuator/migrations/1"}) {
                assertThat(type(app.get(path))).as("without Accept").isEqualTo(V3);
                for (Map.Entry<String, String> row : TABLE.entrySet()) {
                    HttpResponse<String> answer = app.get(path, "Accept", row.getKey());
                    assertThat(answer.statusCode()).as(row.getKey()).isEqualTo(200);
                    assertThat(type(answer)).as(row.getKey()).isEqualTo(row.getValue());
                    assertThat(answer.body())
                            .as(row.getKey())
                            .startsWith(row.getValue().equals(PAGE) ? "<!DOCTYPE html>" : "{\"contexts\":");
                }
                for (String other : new String[] {"application/xml", "text/plain", "image/*"}) {
                    assertThat(app.get(path, "Accept", other).statusCode())
                            .as(other)
                            .isEqualTo(406);
                }
                HttpResponse<String> head = app.head(path);
                assertThat(head.statusCode()).isEqualTo(200);
                assertThat(head.body()).isEmpty();
            }
            for (String odd : new String[] {
                "none",
                "..%2f",
                "..%2Fhealth",
                "%2e%2e/health",
                "%3Cscript%3Ealert(1)%3C/script%3E",
                "%00",
                "a%3Bb",
                "1%2f..%2f2"
            }) {
                for (String accept : new String[] {JSON, "text/html"}) {
                    HttpResponse<String> answer = app.get("/actuator/migrations/" + odd, "Accept", accept);
                    assertThat(answer.statusCode()).as(odd).isIn(400, 404);
                    assertThat(answer.body()).as(odd).doesNotContain("<script>", "\"status\":\"UP\"");
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = WebApplicationType.class,
            names = {"SERVLET", "REACTIVE"})
    void underAnotherPathThePageLinksToItself(WebApplicationType stack) throws Exception {
        try (RunningApplication app = application(
                stack,
                "management.endpoints.web.base-path=/",
                "management.server.port=0",
                "management.endpoints.web.path-mapping.migrations=ops/db")) {
            String overview = app.getManagement("/ops/db", "Accept", FIREFOX).body();
            assertThat(overview).contains("href=\"db/1\"").doesNotContain("href=\"migrations");
            assertThat(app.getManagement("/ops/db/1", "Accept", FIREFOX).body())
                    .contains("href=\"../db\"")
                    .doesNotContain("href=\"../migrations");
            assertThat(app.getManagement("/migrations").statusCode()).isEqualTo(404);
        }
    }
}
