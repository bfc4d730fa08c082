package dev.migrator.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.migrator.Migrator;
import dev.migrator.spring.test.Hold;
import dev.migrator.spring.test.Postgres;
import dev.migrator.spring.test.RunningApplication;
import dev.migrator.spring.test.WebApplication;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What is done over the endpoint, in an application without Spring Security. */
class OperationsTests {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final String url = Postgres.newDatabase();

    @TempDir
    private Path scripts;

    private RunningApplication.Start application() {
        return RunningApplication.of(WebApplication.class)
                .database(url)
                .with(
                        "management.endpoint.migrations.access=unrestricted",
                        "migrator.endpoint.show-details=always",
                        "migrator.locations=filesystem:" + scripts);
    }

    private void script(String name, String sql) throws Exception {
        Files.writeString(scripts.resolve(name), sql);
    }

    private static HttpResponse<String> ask(RunningApplication app, String operation) throws Exception {
        return app.post("/actuator/migrations", "application/json", "{\"operation\":\"" + operation + "\"}");
    }

    private static void assertAnswer(HttpResponse<String> answer, int status, String... parts) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        for (String part : parts) {
            assertThat(answer.body()).contains(part);
        }
    }

    private static void awaitState(RunningApplication app, String state) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(app.get("/actuator/migrations").body())
                        .contains("\"state\":\"" + state + "\",\"schema\""));
    }

    @Test
    void afterALenientStartThatFailedARetryMendsStateAndHealth() throws Exception {
        script("V1__a.sql", "create table a (id int);");
        script("V2__b.sql", "create table b (id nonsense);");
        try (RunningApplication app =
                application().with("migrator.fail-on-error=false").start()) {
            app.awaitStarted();
            assertThat(app.get("/hello").statusCode()).isEqualTo(200);
            assertThat(app.get("/actuator/health").body()).contains("\"status\":\"DOWN\"");

            assertAnswer(ask(app, "retry"), 202, "\"operation\":\"retry\"", "\"migrator\":\"migrator\"");
            awaitState(app, "failed");

            script("V2__b.sql", "create table b (id int);");
            await().atMost(LIMIT).untilAsserted(() -> assertAnswer(ask(app, "retry"), 202));
            awaitState(app, "succeeded");
            assertThat(app.get("/actuator/health").body())
                    .contains("\"migrations\":{\"details\"")
                    .doesNotContain("DOWN");
            assertThat(app.get("/hello").statusCode()).isEqualTo(200);
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertAnswer(ask(app, "retry"), 409, "nothing has failed or was interrupted"));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = WebApplicationType.class,
            names = {"SERVLET", "REACTIVE"})
    void validationIsAnsweredWithAllProblems(WebApplicationType type) throws Exception {
        script("V1__a.sql", "create table a (id int);");
        try (RunningApplication app = application().web(type).start()) {
            app.awaitStarted();
            assertAnswer(ask(app, "validate"), 200, "\"message\":\"All is well.\"", "\"problems\":[]");

            script("V1__a.sql", "create table a (id int, more int);");
            script("nonsense.sql", "select 1;");
            assertAnswer(
                    ask(app, "validate"),
                    200,
                    "\"kind\":\"CHANGED\"",
                    "\"kind\":\"UNKNOWN_FILE\"",
                    "\"action\":",
                    "\"message\":\"A run would be refused.\"");
        }
    }

    @Test
    void aRunIsToldOfWhileItGoesOnAndCanBeCancelledAndNothingElseRunsMeanwhile() throws Exception {
        script("V1__a.sql", "create table a (id int);");
        try (RunningApplication app = application().start()) {
            app.awaitStarted();
            assertAnswer(ask(app, "cancel"), 409, "no run is under way");

            script("V2__slow.sql", "select pg_sleep(60);");
            assertAnswer(ask(app, "migrate"), 202, "\"state\":\"running\"", "\"current\":{");
            for (String other : new String[] {"migrate", "retry", "validate"}) {
                assertAnswer(ask(app, other), 409, "a run is under way", "\"current\":{\"phase\"");
            }
            await().atMost(LIMIT).untilAsserted(() -> assertThat(
                            app.get("/actuator/migrations").body())
                    .contains(
                            "\"text\":\"select pg_sleep(60)",
                            "\"phaseMs\":",
                            "\"startedAt\":",
                            "\"runPercent\":0",
                            "\"retries\":0"));
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .contains("migrator-operation-migrator");

            assertAnswer(ask(app, "cancel"), 202, "being cancelled");
            awaitState(app, "pending");
            await().atMost(LIMIT).untilAsserted(() -> assertAnswer(ask(app, "cancel"), 409));
        }
    }

    @Test
    void theClosingOfTheApplicationEndsTheRunInGoodOrder() throws Exception {
        script("V1__a.sql", "create table a (id int);");
        try (RunningApplication app = application().start()) {
            app.awaitStarted();
            script("V2__slow.sql", "create table b (id int); select pg_sleep(60);");
            assertAnswer(ask(app, "migrate"), 202);
            await().atMost(LIMIT)
                    .until(() -> app.get("/actuator/migrations").body().contains("\"statement\":2"));

            app.context().close();

            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .doesNotContain("migrator-operation-migrator");
            assertThat(Postgres.tableExists(url, "b")).isFalse();
            assertThat(
                            Postgres.query(
                                    url,
                                    "select count(*) from pg_locks where locktype = 'advisory'"
                                            + " and database = (select oid from pg_database where datname = current_database())"))
                    .isEqualTo("0");
        }
    }

    @Test
    void duringTheStartNothingIsBegunBesidesIt() throws Exception {
        Hold hold = new Hold();
        script("V1__a.sql", "create table a (id int);");
        try (RunningApplication app = application().held(hold).start()) {
            app.awaitMigration();

            assertAnswer(ask(app, "migrate"), 409, "a run is under way", "\"state\":\"running\"");
            assertAnswer(ask(app, "retry"), 409, "a run is under way");
        }
    }

    @Test
    void beforeTheStartsRunNothingIsBegunEither() throws Exception {
        script("V1__a.sql", "create table a (id int);");
        // another instance migrates, and this one waits
        try (RunningApplication app = application().with("migrator.mode=wait").start()) {
            await().atMost(LIMIT)
                    .until(() -> app.get("/actuator/migrations").body().contains("V1__a.sql"));

            assertAnswer(ask(app, "migrate"), 409, "(migrator.mode=wait)", "\"state\":\"pending\"");
            assertAnswer(ask(app, "retry"), 409, "(migrator.mode=wait)");
            assertAnswer(ask(app, "cancel"), 409, "no run is under way");
            assertThat(app.isStarted()).isFalse();
            assertThat(Postgres.tableExists(url, "schema_migrations")).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"migrator.enabled=false", "migrator.mode=validate"})
    void anInstanceThatIsNotToMigrateDoesNotOverTheWebEither(String setting) throws Exception {
        script("V1__a.sql", "create table a (id int);");
        Migrator.builder(new DriverManagerDataSource(url))
                .locations("filesystem:" + scripts)
                .build()
                .migrate();
        try (RunningApplication app = application().with(setting).start()) {
            app.awaitStarted();
            script("V2__b.sql", "create table b (id int);");

            assertAnswer(ask(app, "migrate"), 409, "this instance does not migrate (" + setting + ")");
            assertAnswer(ask(app, "retry"), 409, "this instance does not migrate (" + setting + ")");
            assertAnswer(ask(app, "validate"), 200, "\"problems\":[]");
            assertThat(Postgres.tableExists(url, "b")).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = WebApplicationType.class,
            names = {"SERVLET", "REACTIVE"})
    void onlyJsonIsTakenForNoFormOfAnotherSiteCanSendThat(WebApplicationType type) throws Exception {
        script("V1__a.sql", "create table a (id int);");
        try (RunningApplication app = application().web(type).start()) {
            app.awaitStarted();
            String form = "operation=migrate";
            for (String kind :
                    new String[] {"application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x"
                    }) {
                assertThat(app.post("/actuator/migrations", kind, form).statusCode())
                        .as(kind)
                        .isEqualTo(415);
                assertThat(app.post("/actuator/migrations?" + form, kind, "").statusCode())
                        .as(kind)
                        .isGreaterThanOrEqualTo(400);
            }
            assertThat(app.postNothing("/actuator/migrations?" + form).statusCode())
                    .isGreaterThanOrEqualTo(400);

            assertAnswer(ask(app, "dance"), 400, "only: migrate, validate, retry, cancel.");
            assertThat(app.post("/actuator/migrations", "application/json", "{}")
                            .statusCode())
                    .isEqualTo(400);
            assertAnswer(
                    app.post(
                            "/actuator/migrations",
                            "application/json",
                            "{\"operation\":\"migrate\",\"migrator\":\"other\"}"),
                    400,
                    "There is no migrator of that name, only: migrator.");
        }
    }

    @Test
    void withoutUnrestrictedAccessTheEndpointOnlyReads() throws Exception {
        script("V1__a.sql", "create table a (id int);");
        try (RunningApplication app = RunningApplication.of(WebApplication.class)
                .database(url)
                .with("migrator.locations=filesystem:" + scripts)
                .start()) {
            app.awaitStarted();

            assertThat(ask(app, "migrate").statusCode()).isEqualTo(405);
            assertThat(app.get("/actuator/migrations").statusCode()).isEqualTo(200);
        }
    }
}
