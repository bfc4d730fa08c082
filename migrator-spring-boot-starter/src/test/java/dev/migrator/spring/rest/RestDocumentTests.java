package dev.migrator.spring.rest;

import static dev.migrator.spring.rest.Documentation.PATH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.migrator.Migrator;
import dev.migrator.spring.rest.Documentation.Request;
import dev.migrator.spring.test.Postgres;
import dev.migrator.spring.test.RunningApplication;
import dev.migrator.spring.test.SecuredApplication;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.restdocs.payload.FieldDescriptor;

/** REST.md is what applications answer. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestDocumentTests {

    private static final Path COMMITTED = Path.of("REST.md");
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String OPEN = "management.endpoint.migrations.access=unrestricted";
    private static final List<FieldDescriptor> NO_JSON = List.of();

    /** What no application of these tests has, and why it is described all the same. */
    private static final Set<String> ELSEWHERE = Set.of(
            // an application in one context has no parent
            "contexts.*.parentId",
            // only while it waits for another instance
            "contexts.*.migrators.*.current.detail",
            // stands in the answer to the operation
            "contexts.*.migrators.*.current.actor",
            // only while a COPY reads
            "contexts.*.migrators.*.current.rows");

    private Documentation documentation;
    private RestDocument document;

    @BeforeAll
    void ask(@TempDir Path folder) throws Exception {
        Shop shop = Shop.in(Files.createDirectory(folder.resolve("open")));
        Shop hidden = Shop.in(Files.createDirectory(folder.resolve("hidden")));
        Shop secured = Shop.in(Files.createDirectory(folder.resolve("secured")));
        Map<String, String> places = new LinkedHashMap<>();
        Stream.of(shop, hidden, secured)
                .forEach(each -> places.put(each.folder().toString(), "/srv/bookshop/migrations"));
        Path snippets = folder.resolve("snippets");
        documentation = new Documentation(snippets, places);
        prepare(shop);
        try (RunningApplication open = shop.application(OPEN, "migrator.endpoint.show-details=always")
                        .start();
                RunningApplication reading = hidden.application().start();
                RunningApplication locked = secured.application(
                                SecuredApplication.class, OPEN, "migrator.endpoint.roles=OPERATOR")
                        .secured()
                        .start()) {
            open.awaitStarted();
            whatIsDone(open);
            whatIsRefused(open);
            whatRuns(open, shop);
            whatIsCancelled(open, shop);
            whatFails(open, shop);
            reading.awaitStarted();
            whatStrangersSee(reading);
            locked.awaitStarted();
            whoMay(locked, secured);
        }
        document = new RestDocument(words(), snippets);
    }

    @AfterAll
    void stop() {
        if (documentation != null) {
            documentation.close();
        }
    }

    private static void prepare(Shop shop) throws IOException {
        shop.script("V3__test_customers.sql", """
                -- migrator: only-if=env:test
                insert into customers (name) values ('Ada'), ('Ben');
                """);
        shop.script("R__open_orders.sql", "create or replace view open_orders as select * from orders;\n");
    }

    private void whatIsDone(RunningApplication app) throws Exception {
        documentation.ask(app, "all", Request.get(""), 200, Fields.ofMigrations());
        documentation.ask(app, "one", Request.get("/2"), 200, Fields.ofMigrations());
        documentation.ask(app, "one-by-script", Request.get("/R__open_orders.sql"), 200, Fields.ofMigrations());
        documentation.ask(app, "page", Request.get("", HttpHeaders.ACCEPT, "text/html"), 200, NO_JSON);
        documentation.ask(app, "none", Request.get("/77"), 404, NO_JSON);
        documentation.ask(app, "validate", Request.operation("validate"), 200, Fields.ofAnOperation());
    }

    private void whatIsRefused(RunningApplication app) throws Exception {
        documentation.ask(app, "retry-nothing", Request.operation("retry"), 409, Fields.ofAnOperation());
        documentation.ask(app, "cancel-nothing", Request.operation("cancel"), 409, Fields.ofAnOperation());
        documentation.ask(app, "unknown-operation", Request.operation("dance"), 400, Fields.ofAnOperation());
        documentation.ask(
                app,
                "unknown-migrator",
                Request.post("{\"operation\": \"migrate\", \"migrator\": \"billing\"}"),
                400,
                Fields.ofAnOperation());
        documentation.ask(app, "no-operation", Request.post("{}"), 400, Fields.ofAnError());
        documentation.ask(app, "no-body", Request.post(null), 400, Fields.ofAnError());
    }

    /** An index that has to wait for a session which does not commit; in another schema it has been built. */
    private void whatRuns(RunningApplication app, Shop shop) throws Exception {
        shop.script("V4__orders_by_customer.sql", """
                create index concurrently orders_by_customer on orders (customer);
                """);
        Postgres.execute(shop.database(), "create schema tenant_7");
        Migrator.builder(new DriverManagerDataSource(shop.database()))
                .locations("filesystem:" + shop.folder())
                .schema("tenant_7")
                .build()
                .migrate();
        try (Connection report = shop.report()) {
            askForARun(app, "migrate", Request.operation("migrate"));
            awaitBody(app, "\"server\":{", "\"blockers\":[{", "\"estimateMs\":", "\"total\":");
            documentation.ask(app, "running", Request.get("/4"), 200, Fields.ofMigrations());
            documentation.ask(app, "migrate-busy", Request.operation("migrate"), 409, Fields.ofAnOperation());
            // what is quicker is not kept
            await().atMost(LIMIT)
                    .until(() -> app.get(PATH).body().matches("(?s).*\"statementMs\":([2-9]|\\d\\d)\\d{3}\\D.*"));
            report.rollback();
            awaitState(app, "succeeded");
        }
        documentation.ask(app, "observed", Request.get("/4"), 200, Fields.ofMigrations());
    }

    private void whatIsCancelled(RunningApplication app, Shop shop) throws Exception {
        shop.script("V5__notes.sql", "alter table orders add column note text;\n");
        shop.snapshots().hold();
        assertThat(app.post(PATH, "application/json", "{\"operation\":\"migrate\"}")
                        .statusCode())
                .isEqualTo(202);
        shop.snapshots().awaitBegun();
        documentation.ask(app, "cancel", Request.operation("cancel"), 202, Fields.ofAnOperation());
        shop.snapshots().release();
        awaitState(app, "pending");
    }

    private void whatFails(RunningApplication app, Shop shop) throws Exception {
        shop.script("V6__order_totals.sql", "alter table orders\n    add column total numeric(10, 2) nott null;\n");
        await().atMost(LIMIT)
                .until(() -> app.post(PATH, "application/json", "{\"operation\":\"migrate\"}")
                                .statusCode()
                        == 202);
        awaitState(app, "failed");
        documentation.ask(app, "failed", Request.get("/6"), 200, Fields.ofMigrations());

        shop.script("V6__order_totals.sql", "alter table orders\n    add column total numeric(10, 2);\n");
        askForARun(app, "retry", Request.operation("retry"));
        awaitState(app, "succeeded");

        shop.script("V1__customers.sql", "create table customers (id bigint primary key, name text);\n");
        shop.script("totals.sql", "select 1;\n");
        documentation.ask(app, "validate-problems", Request.operation("validate"), 200, Fields.ofAnOperation());
    }

    private void whatStrangersSee(RunningApplication app) throws Exception {
        documentation.ask(app, "hidden", Request.get("/2"), 200, Fields.ofMigrations());
        documentation.ask(app, "closed", Request.operation("migrate"), 405, Fields.ofAnError());
    }

    private void whoMay(RunningApplication app, Shop shop) throws Exception {
        String[] ada = {HttpHeaders.AUTHORIZATION, "Basic " + HttpHeaders.encodeBasicAuth("ada", "ada", null)};
        String[] bob = {HttpHeaders.AUTHORIZATION, "Basic " + HttpHeaders.encodeBasicAuth("bob", "bob", null)};
        documentation.ask(app, "nobody", Request.operation("migrate"), 401, NO_JSON);
        documentation.ask(app, "not-an-operator", Request.operation("migrate", bob), 403, Fields.ofAnError());
        shop.script("V3__notes.sql", "alter table orders add column note text;\n");
        askForARun(app, "operator", Request.operation("migrate", ada));
        await().atMost(LIMIT).until(() -> app.get(PATH, ada).body().contains("\"state\":\"succeeded\",\"schema\""));
        documentation.ask(app, "actor", Request.get("/3", ada), 200, Fields.ofMigrations());
    }

    /** The answer comes while the run waits for a connection, and so is the same whenever it comes. */
    private void askForARun(RunningApplication app, String name, Request request) throws Exception {
        DataSource pool = app.context().getBean(DataSource.class);
        List<Connection> all = new ArrayList<>();
        try {
            for (int i = 0; i < Shop.CONNECTIONS; i++) {
                all.add(pool.getConnection());
            }
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(app.get(PATH).body()).doesNotContain("\"current\":"));
            documentation.ask(app, name, request, 202, Fields.ofAnOperation());
        } finally {
            for (Connection each : all) {
                each.close();
            }
        }
    }

    private static void awaitState(RunningApplication app, String state) {
        awaitBody(app, "\"state\":\"" + state + "\",\"schema\"");
    }

    private static void awaitBody(RunningApplication app, String... parts) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(app.get(PATH).body()).contains(parts));
    }

    private static String words() throws IOException {
        try (InputStream words = RestDocumentTests.class.getResourceAsStream("REST.md")) {
            return new String(words.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void theCommittedDocumentIsWhatApplicationsAnswer() throws IOException {
        String text = document.text();
        if (Boolean.getBoolean("rest.docs.write")) {
            Files.writeString(COMMITTED, text);
        }
        assertThat(COMMITTED)
                .as("REST.md; if the endpoint was meant to change, write it anew: mvn test -pl"
                        + " migrator-spring-boot-starter -am -Dtest=RestDocumentTests"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Drest.docs.write=true")
                .hasContent(text);
    }

    @Test
    void everyRequestIsShown() throws IOException {
        assertThat(document.forgotten()).isEmpty();
    }

    @Test
    void everyFieldThatIsDescribedIsInSomeAnswer() {
        Set<String> described = new TreeSet<>();
        Fields.ofMigrations().forEach(field -> described.add(field.getPath()));
        described.removeAll(documentation.seen());
        // a row of the history has the fields of a migration
        described.removeIf(path -> path.contains(".history[]."));

        assertThat(described).containsExactlyInAnyOrderElementsOf(ELSEWHERE);
    }
}
