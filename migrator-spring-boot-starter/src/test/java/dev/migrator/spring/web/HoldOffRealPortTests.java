package dev.migrator.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.spring.test.Hold;
import dev.migrator.spring.test.Postgres;
import dev.migrator.spring.test.RunningApplication;
import dev.migrator.spring.test.WebApplication;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.WebApplicationType;

class HoldOffRealPortTests {

    private final Hold hold = new Hold();

    private RunningApplication.Start application(WebApplicationType type) {
        return RunningApplication.of(WebApplication.class)
                .web(type)
                .database(Postgres.newDatabase())
                .held(hold);
    }

    static Stream<Arguments> moments() {
        return Stream.of("ready", "lifecycle")
                .flatMap(moment -> Stream.of(WebApplicationType.SERVLET, WebApplicationType.REACTIVE)
                        .map(type -> Arguments.of(type, moment)));
    }

    @ParameterizedTest
    @MethodSource("moments")
    void requestsAreHeldOffUntilTheMigrationHasSucceededWhileTheActuatorAnswers(WebApplicationType type, String moment)
            throws Exception {
        try (RunningApplication app =
                application(type).with("migrator.run-at=" + moment).start()) {
            app.awaitMigration();

            HttpResponse<String> held = app.get("/hello");
            assertThat(held.statusCode()).isEqualTo(503);
            assertThat(held.headers().firstValue("Retry-After")).hasValue("5");
            assertThat(held.headers().firstValue("Cache-Control")).hasValue("no-store");
            assertThat(held.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(held.body()).contains("\"status\":503", "\"type\":\"about:blank\"", "\"title\":", "\"detail\":");

            HttpResponse<String> migrations = app.get("/actuator/migrations");
            assertThat(migrations.statusCode()).isEqualTo(200);
            assertThat(migrations.body()).contains("\"state\":\"running\"");
            assertThat(app.get("/actuator").statusCode()).isEqualTo(200);
            assertThat(app.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
            assertThat(app.get("/actuator/health/readiness").statusCode()).isEqualTo(503);
            assertThat(app.get("/actuator/health").body()).contains("\"migrations\"", "OUT_OF_SERVICE");
            assertThat(app.isStarted()).isFalse();

            hold.release();
            app.awaitStarted();
            assertThat(app.get("/hello").body()).isEqualTo("hello");
            assertThat(app.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
            assertThat(app.get("/actuator/health").body()).contains("\"migrations\":{\"details\":");
            assertThat(app.get("/actuator/migrations").body()).contains("\"state\":\"succeeded\"");
        }
    }

    @ParameterizedTest
    @MethodSource("moments")
    void aManagementPortOfItsOwnAnswersThroughout(WebApplicationType type, String moment) throws Exception {
        try (RunningApplication app = application(type)
                .with(
                        "management.server.port=0",
                        "management.endpoint.health.probes.add-additional-paths=true",
                        "migrator.run-at=" + moment)
                .start()) {
            app.awaitMigration();

            assertThat(app.get("/hello").statusCode()).isEqualTo(503);
            assertThat(app.get("/actuator/migrations").statusCode()).isEqualTo(503);
            assertThat(app.get("/livez").statusCode()).isEqualTo(200);
            assertThat(app.getManagement("/actuator/migrations").statusCode()).isEqualTo(200);
            assertThat(app.getManagement("/actuator/health/liveness").statusCode())
                    .isEqualTo(200);

            hold.release();
            app.awaitStarted();
            assertThat(app.get("/hello").statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = WebApplicationType.class,
            names = {"SERVLET", "REACTIVE"})
    void noPathTrickPassesTheGate(WebApplicationType type) throws Exception {
        try (RunningApplication app = application(type).start()) {
            app.awaitMigration();

            for (String path : List.of(
                    "/",
                    "/error",
                    "/actuatorX",
                    "/actuator/mine",
                    "/actuator/../hello",
                    "/actuator/..;/hello",
                    "/actuator/health/../../hello",
                    "/actuator/health/..;x=1/..;/hello",
                    "/actuator/%2e%2e/hello",
                    "/actuator/health/%2E%2E/%2e%2e/hello",
                    "/any/..;/actuator/health",
                    "/any/../actuator/health",
                    "/any/%2e%2e/actuator/health",
                    "/hello;/actuator/health",
                    "//actuator/health/../hello",
                    "/actuator;x/../hello",
                    "/healthX")) {
                HttpResponse<String> response = app.get(path);
                assertThat(response.statusCode()).as(path).isIn(400, 503);
                assertThat(response.body()).as(path).doesNotContain("hello", "any");
            }
            assertThat(app.get("/actuator/health/").statusCode()).isIn(404, 503);
        }
    }

    @Test
    void anErrorOfTheActuatorIsNotHiddenByTheGate() throws Exception {
        try (RunningApplication app = application(WebApplicationType.SERVLET).start()) {
            app.awaitMigration();

            assertThat(app.get("/actuator/metrics/none.such").statusCode()).isEqualTo(404);
            assertThat(app.get("/actuator/migrations/none.such").statusCode()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = WebApplicationType.class,
            names = {"SERVLET", "REACTIVE"})
    void browsersGetAPageThatRefreshesItselfAndOthersAProblem(WebApplicationType type) throws Exception {
        try (RunningApplication app =
                application(type).with("migrator.hold-off.retry-after=7s").start()) {
            app.awaitMigration();

            HttpResponse<String> browser =
                    app.get("/hello", "Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
            assertThat(browser.statusCode()).isEqualTo(503);
            assertThat(browser.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
            assertThat(browser.headers().firstValue("Retry-After")).hasValue("7");
            assertThat(browser.headers().firstValue("Cache-Control")).hasValue("no-store");
            assertThat(browser.body())
                    .contains("<meta http-equiv=\"refresh\" content=\"7\">")
                    .containsPattern("Step [1-9] of [1-9], [0-9]{1,2}%</label>\\s+<progress [^>]*value=\"[0-9]{1,2}\"")
                    .doesNotContainIgnoringCase("hold", "migrat", "V1");
            assertThat(app.get("/hello").body()).containsPattern(",\"percent\":[0-9]{1,2}}");

            for (String accept : List.of("*/*", "application/json", "application/json, text/html;q=0.5")) {
                assertThat(app.get("/hello", "Accept", accept).headers().firstValue("Content-Type"))
                        .as(accept)
                        .hasValue("application/problem+json");
            }

            HttpResponse<String> head = app.head("/hello");
            assertThat(head.statusCode()).isEqualTo(503);
            assertThat(head.headers().firstValue("Retry-After")).hasValue("7");
            assertThat(head.body()).isEmpty();
        }
    }

    @Test
    void theActuatorAnswersBelowAContextPathAndAServletPath() throws Exception {
        try (RunningApplication app = application(WebApplicationType.SERVLET)
                .with(
                        "server.servlet.context-path=/shop",
                        "spring.mvc.servlet.path=/api",
                        "management.endpoint.health.probes.add-additional-paths=true")
                .start()) {
            app.awaitMigration();

            assertThat(app.get("/shop/api/actuator/migrations").statusCode()).isEqualTo(200);
            assertThat(app.get("/shop/api/livez").statusCode()).isEqualTo(200);
            assertThat(app.get("/shop/api/hello").statusCode()).isEqualTo(503);
            assertThat(app.get("/shop/api/actuator/..;/hello").statusCode()).isEqualTo(503);
            assertThat(app.get("/shop/actuator/migrations").statusCode()).isEqualTo(503);

            hold.release();
            app.awaitStarted();
            assertThat(app.get("/shop/api/hello").body()).isEqualTo("hello");
        }
    }

    @Test
    void theActuatorAnswersBelowAWebFluxBasePathAndAtTheRoot() throws Exception {
        try (RunningApplication app = application(WebApplicationType.REACTIVE)
                .with("spring.webflux.base-path=/shop", "management.endpoints.web.base-path=/")
                .start()) {
            app.awaitMigration();

            assertThat(app.get("/shop/migrations").statusCode()).isEqualTo(200);
            assertThat(app.get("/shop/hello").statusCode()).isEqualTo(503);
            assertThat(app.get("/shop/").statusCode()).isEqualTo(503);

            hold.release();
            app.awaitStarted();
            assertThat(app.get("/shop/hello").body()).isEqualTo("hello");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = WebApplicationType.class,
            names = {"SERVLET", "REACTIVE"})
    void holdOffCanBeTurnedOff(WebApplicationType type) throws Exception {
        try (RunningApplication app =
                application(type).with("migrator.hold-off.enabled=false").start()) {
            app.awaitMigration();

            assertThat(app.get("/hello").body()).isEqualTo("hello");
            assertThat(app.get("/actuator/health/readiness").statusCode()).isEqualTo(503);
        }
    }
}
