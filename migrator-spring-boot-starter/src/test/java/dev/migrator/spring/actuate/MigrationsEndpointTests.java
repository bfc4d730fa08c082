package dev.migrator.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.Migrator;
import dev.migrator.spring.test.Hold;
import dev.migrator.spring.test.Postgres;
import dev.migrator.spring.test.RunningApplication;
import dev.migrator.spring.test.WebApplication;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One application that stands in the middle of its migrations, and one that has done them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MigrationsEndpointTests {

    private final JsonMapper json = new JsonMapper();
    private final Hold hold = new Hold();
    private RunningApplication running;
    private RunningApplication done;

    @BeforeAll
    void start() throws Exception {
        running = RunningApplication.of(WebApplication.class)
                .database(Postgres.newDatabase())
                .with("spring.application.name=bookshop")
                .held(hold)
                .start();
        done = RunningApplication.of(WebApplication.class)
                .web(WebApplicationType.REACTIVE)
                .database(Postgres.newDatabase())
                .with("spring.application.name=bookshop", "migrator.endpoint.show-details=always")
                .start();
        running.awaitMigration();
        done.awaitStarted();
    }

    @AfterAll
    void stop() {
        running.close();
        done.close();
    }

    private JsonNode migrator(RunningApplication app, String path) throws Exception {
        HttpResponse<String> response = app.get(path);
        assertThat(response.statusCode()).isEqualTo(200);
        return json.readTree(response.body())
                .get("contexts")
                .get("bookshop")
                .get("migrators")
                .get("migrator");
    }

    private static List<String> texts(JsonNode array, String field) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.has(field) ? each.get(field).asString() : null));
        return texts;
    }

    @Test
    void duringTheRunItSaysWhatRunsWhatHasRunAndWhatIsToCome() throws Exception {
        JsonNode migrator = migrator(running, "/actuator/migrations");

        assertThat(migrator.get("state").asString()).isEqualTo("running");
        assertThat(migrator.get("schema").asString()).isEqualTo("public");
        assertThat(migrator.get("current").get("phase").asString()).isEqualTo("running");
        assertThat(migrator.get("current").get("version").asString()).isEqualTo("1.5");
        assertThat(migrator.get("current").get("script").asString()).endsWith("Hold");
        assertThat(migrator.get("current").get("elapsedMs").asLong()).isNotNegative();
        assertThat(migrator.get("current").get("attempt").asInt()).isOne();
        assertThat(migrator.get("current").get("blockers").size()).isZero();
        assertThat(texts(migrator.get("migrations"), "state"))
                .containsExactly("applied", "running", "pending", "pending");
        assertThat(migrator.get("problems").size()).isZero();
    }

    @Test
    void afterTheRunEveryMigrationHasItsFacts() throws Exception {
        JsonNode migrator = migrator(done, "/actuator/migrations");

        assertThat(migrator.get("state").asString()).isEqualTo("succeeded");
        assertThat(migrator.has("current")).isFalse();
        JsonNode migrations = migrator.get("migrations");
        assertThat(texts(migrations, "version")).containsExactly("1", "2", null);
        assertThat(texts(migrations, "state")).containsOnly("applied");
        JsonNode first = migrations.get(0);
        assertThat(first.get("description").asString()).isEqualTo("create books");
        assertThat(first.get("kind").asString()).isEqualTo("versioned");
        assertThat(first.get("script").asString()).endsWith("V1__create_books.sql");
        assertThat(first.get("checksum").asString()).startsWith("c1:");
        assertThat(first.get("installedBy").asString()).isEqualTo("postgres");
        assertThat(first.get("instance").asString()).contains("bookshop");
        assertThat(first.get("startedAt").asString()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
        assertThat(first.get("durationMs").asLong()).isNotNegative();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "V1__create_books.sql"})
    void theSelectorTakesAVersionOrAScript(String name) throws Exception {
        JsonNode migrations = migrator(done, "/actuator/migrations/" + name).get("migrations");

        assertThat(texts(migrations, "version")).containsExactly("1");
    }

    @Test
    void theSelectorTakesTheScriptAsItIsListed() throws Exception {
        for (JsonNode listed : migrator(done, "/actuator/migrations").get("migrations")) {
            String script = listed.get("script").asString();
            JsonNode found = migrator(
                            done,
                            "/actuator/migrations/"
                                    + URLEncoder.encode(script, StandardCharsets.UTF_8)
                                            .replace("%2F", "/")
                                            .replace("+", "%20"))
                    .get("migrations");
            assertThat(texts(found, "script")).containsExactly(script);
        }
    }

    @Test
    void theSelectorAnswersDuringTheRun() throws Exception {
        JsonNode migrator = migrator(running, "/actuator/migrations/1.5");

        assertThat(texts(migrator.get("migrations"), "state")).containsExactly("running");
    }

    @Test
    void whatIsNotThereIsNotFound() throws Exception {
        assertThat(done.get("/actuator/migrations/77").statusCode()).isEqualTo(404);
        assertThat(running.get("/actuator/migrations/77").statusCode()).isEqualTo(404);
    }

    @Test
    void parentContextsAreListedToo() {
        GenericApplicationContext parent = new GenericApplicationContext();
        GenericApplicationContext child = new GenericApplicationContext(parent);
        try (parent;
                child) {
            parent.setId("parent");
            parent.registerBean("shop", Migrator.class, MigrationsEndpointTests::unused);
            parent.refresh();
            child.setId("child");
            child.registerBean("billing", Migrator.class, MigrationsEndpointTests::unused);
            child.refresh();

            MigrationsDescriptor all = new MigrationsEndpoint(new MigratorsView(
                            child, new Migrators(true), new Disclosure(Show.WHEN_AUTHORIZED, Set.of())))
                    .migrations();

            assertThat(all.contexts()).containsOnlyKeys("child", "parent");
            assertThat(all.contexts().get("child").parentId()).isEqualTo("parent");
            assertThat(all.contexts().get("child").migrators()).containsOnlyKeys("billing");
            assertThat(all.contexts().get("parent").migrators()).containsOnlyKeys("shop");
            assertThat(all.contexts().get("parent").parentId()).isNull();
        }
    }

    private static Migrator unused() {
        return Migrator.builder(new DriverManagerDataSource(Postgres.unreachable()))
                .build();
    }
}
