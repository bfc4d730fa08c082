package dev.migrator.spring.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.AriaRole;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.migrator.MigrationInfo;
import dev.migrator.MigratorState;
import dev.migrator.MigratorStatus;
import dev.migrator.page.Operation;
import dev.migrator.page.PageFilter;
import dev.migrator.page.PageModel;
import dev.migrator.page.ShownMigrator;
import dev.migrator.page.StatusPage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** That an open page says so when what it shows is not up to date any more, and takes nobody else's answer for the endpoint's. */
@ExtendWith(InChromium.class)
class StaleAnswersTests {

    private static final String PATH = "/actuator/migrations";

    /** What the server does with a request that is not for a whole page. */
    private enum Mood {
        WELL,
        SILENT,
        LOGGED_OUT,
        FORBIDDEN,
        UNAVAILABLE
    }

    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile Mood mood = Mood.WELL;
    private volatile String operated = "{}";
    private volatile String problem = "";
    private volatile int asked;
    private HttpServer server;
    private String url;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext(PATH, this::answer);
        server.createContext("/login", exchange -> send(exchange, 200, "text/html", "<main>Who are you?</main>"));
        server.start();
        url = "http://127.0.0.1:" + server.getAddress().getPort() + PATH;
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        asked++;
        switch (mood) {
            case WELL -> {
                if (exchange.getRequestMethod().equals("POST")) {
                    send(exchange, 200, "application/json", operated);
                } else {
                    send(exchange, 200, "text/html;charset=UTF-8", page(query == null ? "" : query));
                }
            }
            case SILENT -> {
                try {
                    end.await(1, TimeUnit.MINUTES);
                } catch (InterruptedException ex) {
                    Thread.currentThread().interrupt();
                }
                exchange.close();
            }
            case LOGGED_OUT -> {
                exchange.getResponseHeaders().set("Location", "/login");
                send(exchange, 302, "text/html", "");
            }
            case FORBIDDEN -> send(exchange, 403, "text/html", "no");
            case UNAVAILABLE -> send(exchange, 503, "text/html", "<main>not now</main>");
        }
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private String page(String query) {
        List<MigrationInfo> migrations = IntStream.rangeClosed(1, 20)
                .mapToObj(StaleAnswersTests::applied)
                .toList();
        MigratorStatus status = new MigratorStatus(
                problem.isEmpty() ? MigratorState.SUCCEEDED : MigratorState.FAILED,
                "public",
                "schema_migrations",
                "20",
                "20",
                0,
                null,
                migrations,
                migrations,
                problem.isEmpty() ? List.of() : List.of(problem),
                null,
                null,
                List.of());
        String q = query.startsWith("q=") ? URLDecoder.decode(query.substring(2), StandardCharsets.UTF_8) : null;
        PageModel model = PageModel.of("bookshop", List.of(new ShownMigrator(null, "migrator", true, status)))
                .with(PageFilter.of(q, null))
                .with(EnumSet.allOf(Operation.class));
        return query.equals("part=now") ? StatusPage.now(model) : StatusPage.of(model);
    }

    private static MigrationInfo applied(int number) {
        return new MigrationInfo(
                String.valueOf(number),
                "step " + (char) ('a' + number),
                "versioned",
                "V" + number + "__step.sql",
                null,
                "applied",
                null,
                null,
                null,
                "run",
                null,
                3L,
                null,
                null,
                1,
                1,
                null,
                null,
                null);
    }

    @Test
    void aServerThatHangsIsSeen(Chromium chromium) {
        try (Visit visit = chromium.open(url)) {
            mood = Mood.SILENT;

            assertThat(visit.find(".offline"))
                    .containsText("No answer since", new ContainsTextOptions().setTimeout(40_000));

            mood = Mood.WELL;
            assertThat(visit.find(".offline")).hasText("");
        }
    }

    @Test
    void whoeverIsLoggedOutIsToldAndNotAskedAgainAndAgain(Chromium chromium) {
        for (Mood out : List.of(Mood.LOGGED_OUT, Mood.FORBIDDEN)) {
            mood = Mood.WELL;
            try (Visit visit = chromium.open(url)) {
                mood = out;
                assertThat(visit.find(".offline")).containsText("you have to log in again");
                int before = asked;
                visit.page().waitForTimeout(5_000);
                assertThat(asked).as("requests of one who may not").isEqualTo(before);
            }
        }
    }

    /** As when somebody tries again, and it fails at once for another reason. */
    @Test
    void aRunThatBeganAndEndedBetweenTwoLooksIsSeen(Chromium chromium) {
        problem = "the first error";
        try (Visit visit = chromium.open(url)) {
            assertThat(visit.find(".failure pre.error")).hasText("the first error");
            problem = "the second error";
            assertThat(visit.find(".failure pre.error")).hasText("the second error");
        }
    }

    @Test
    void aServerThatAnswersWithAnErrorIsNotSaidToBeSilent(Chromium chromium) {
        try (Visit visit = chromium.open(url)) {
            mood = Mood.UNAVAILABLE;
            assertThat(visit.find(".offline")).containsText("No good answer since");
        }
    }

    @Test
    void aFilterThatCouldNotFetchTheRestTriesAgain(Chromium chromium) {
        try (Visit visit = chromium.open(url + "?q=step%20b")) {
            assertThat(visit.find("#migrations tbody tr")).hasCount(1);
            Locator search = visit.find("input[name=q]");

            mood = Mood.UNAVAILABLE;
            search.fill("step c");
            assertThat(visit.find(".count")).containsText("1 of 20");

            mood = Mood.WELL;
            search.fill("step");
            assertThat(visit.find("#migrations tbody tr:visible")).hasCount(20);
        }
    }

    private Locator operate(Visit visit) {
        visit.find("button[data-operation=validate]").click();
        visit.page()
                .getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Yes, do it"))
                .click();
        return visit.find(".answer");
    }

    @Test
    void aLoginPageIsNoSuccess(Chromium chromium) {
        try (Visit visit = chromium.open(url)) {
            mood = Mood.LOGGED_OUT;
            assertThat(operate(visit)).containsText("Nothing was done: you may not, or have to log in again");
        }
        mood = Mood.WELL;
        operated = "<html>somebody else</html>";
        try (Visit visit = chromium.open(url)) {
            assertThat(operate(visit)).containsText("whether it was done cannot be told");
        }
    }

    @Test
    void theProblemsOfAValidationAreSaidWithWhatToDo(Chromium chromium) {
        operated = """
                {"operation": "validate", "message": "A run would be refused.", "state": "succeeded", "problems": [
                  {"kind": "CHANGED", "script": "V1__a.sql", "message": "V1__a.sql is another <b>.", "action": "Put it back."},
                  {"kind": "LOCATION", "message": "No such place.", "action": "Make it."}]}""";
        try (Visit visit = chromium.open(url)) {
            Locator answer = operate(visit);
            assertThat(answer).containsText("A run would be refused.");
            assertThat(answer.textContent())
                    .contains("\nV1__a.sql is another <b>. Put it back.", "\nNo such place. Make it.");
        }
    }
}
