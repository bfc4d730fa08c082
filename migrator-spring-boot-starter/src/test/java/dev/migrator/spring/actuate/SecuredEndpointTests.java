package dev.migrator.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.migrator.spring.test.Postgres;
import dev.migrator.spring.test.RunningApplication;
import dev.migrator.spring.test.SecuredApplication;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;

/** With Spring Security: who sees what, and who may do what. */
class SecuredEndpointTests {

    private static final String[] NOBODY = {};
    private static final String[] BOB = login("bob");
    private static final String[] ADA = login("ada");

    private static final String JSON = "application/json";

    private static String[] login(String name) {
        return new String[] {
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString((name + ":" + name).getBytes(StandardCharsets.UTF_8))
        };
    }

    private static String get(RunningApplication app, boolean ownPort, String path, String[] headers) throws Exception {
        HttpResponse<String> response = ownPort ? app.getManagement(path, headers) : app.get(path, headers);
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    @ParameterizedTest
    @CsvSource({"SERVLET, false", "SERVLET, true", "REACTIVE, false", "REACTIVE, true"})
    void detailsAreForThoseWhoMayAndOperationsAreRecordedWithTheNameOfWhoAskedForThem(
            WebApplicationType type, boolean ownPort) throws Exception {
        String url = Postgres.newDatabase();
        try (RunningApplication app = RunningApplication.of(SecuredApplication.class)
                .secured()
                .web(type)
                .database(url)
                .with(
                        "spring.application.name=bookshop",
                        "migrator.endpoint.roles=OPERATOR",
                        "management.endpoint.migrations.access=unrestricted",
                        ownPort ? "management.server.port=0" : "any=any")
                .start()) {
            app.awaitStarted();

            for (String[] reader : List.of(NOBODY, BOB)) {
                assertThat(get(app, ownPort, "/actuator/migrations", reader))
                        .contains("\"state\":\"succeeded\"", "V1__create_books.sql", "durationMs")
                        .doesNotContain("installedBy", "instance", "checksum", "postgres", "create table");
                assertThat(get(app, ownPort, "/actuator/migrations/1", reader))
                        .contains("V1__create_books.sql")
                        .doesNotContain("details", "history", "sql\":", "create table", "postgres");
                assertThat(app.post("/actuator/migrations", JSON, "{\"operation\":\"migrate\"}", reader)
                                .statusCode())
                        .isIn(401, 403);
            }
            assertThat(get(app, ownPort, "/actuator/migrations", ADA))
                    .contains("\"installedBy\":\"postgres\"", "\"checksum\":\"c1:", "pid");
            assertThat(get(app, ownPort, "/actuator/migrations/1", ADA))
                    .contains("\"details\":[{", "\"history\":[{", "\"sql\":\"", "\"statements\":[{\"number\":1,")
                    .containsIgnoringCase("create table");

            Postgres.execute(
                    url, "delete from schema_migrations where version = '2'", "alter table books drop isbn cascade");
            HttpResponse<String> answer = app.post("/actuator/migrations", JSON, "{\"operation\":\"migrate\"}", ADA);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                            Postgres.query(url, "select actor from schema_migrations where version = '2'"))
                    .isEqualTo("ada"));
            assertThat(app.context().getBean(SecuredApplication.Audit.class).ofMigrations())
                    .containsExactly("ada MIGRATIONS_MIGRATE {migrator=migrator}");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = WebApplicationType.class,
            names = {"SERVLET", "REACTIVE"})
    void withoutRolesWhoeverHasLoggedInMaySee(WebApplicationType type) throws Exception {
        try (RunningApplication app = RunningApplication.of(SecuredApplication.class)
                .secured()
                .web(type)
                .database(Postgres.newDatabase())
                .start()) {
            app.awaitStarted();
            assertThat(get(app, false, "/actuator/migrations", NOBODY)).doesNotContain("installedBy");
            assertThat(get(app, false, "/actuator/migrations", BOB)).contains("installedBy");
        }
    }
}
