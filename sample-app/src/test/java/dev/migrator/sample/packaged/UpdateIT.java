package dev.migrator.sample.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.sample.packaged.Release.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** {@code update.sh} with releases of the packaged sample; each of its ways is in {@code UpdateScriptTest} too, with a stand-in. */
class UpdateIT {

    private static final String V18 = "db/migration/V18__reviews.sql";
    private static final String U18 = "db/migration/U18__reviews.sql";
    private static final String V19 = "db/migration/V19__stars.sql";
    private static final String REVIEWS = "create table reviews (book_id bigint references books (id), stars int);";
    private static final String WRONG = "alter table reviews add column stars int;";

    /** A disk that is never large enough. */
    private static final String UNHEALTHY = """
            management.endpoint.health.group.readiness.include=readinessState,diskSpace
            management.health.diskspace.threshold=1000TB
            """;

    private static InstalledServer server;

    @TempDir
    private static Path releases;

    private static Path oldJar;

    @TempDir
    Path home;

    private Release shop;

    @BeforeAll
    static void start() throws Exception {
        server = InstalledServer.start();
        oldJar = SlimJar.make(Packaged.jar(), releases.resolve("bookshop-1.jar"), Map.of());
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    /** As an earlier update has left it. */
    @BeforeEach
    void theOldVersionServes(TestInfo test) throws Exception {
        shop = Release.in(
                home, server, test.getTestMethod().orElseThrow().getName().toLowerCase());
        Process old = shop.start(oldJar);
        Files.writeString(home.resolve("bookshop.pid"), old.pid() + "\n");
        shop.awaitReady(old);
        shop.addCustomer("Ada");
    }

    @AfterEach
    void endWhatRuns() throws Exception {
        Path pid = home.resolve("bookshop.pid");
        if (Files.exists(pid)) {
            ProcessHandle running = ProcessHandle.of(
                            Long.parseLong(Files.readString(pid).strip()))
                    .orElse(null);
            if (running != null) {
                running.destroy();
                running.onExit().get(60, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void whatWasAppliedBeforeAMigrationFailedIsRolledBack() throws Exception {
        Result update = update(Map.of(V18, REVIEWS, U18, "drop table reviews;", V19, WRONG), 90);

        assertBack(update);
        assertThat(update.output())
                .contains("Migration V19__stars.sql:1:1 failed", "Rolled back 18 in")
                .doesNotContain("Restoring");
        assertThat(shop.rows("select kind || ' ' || state from schema_migrations where version in ('18', '19')"
                        + " order by id"))
                .containsExactly("versioned applied", "versioned failed", "rollback applied");
    }

    @Test
    @EnabledIfSystemProperty(named = "update.all", matches = "true")
    void anUpdateThatGoesWellServesTheNewVersion() throws Exception {
        Result update = update(Map.of(V18, REVIEWS, U18, "drop table reviews;"), 90);

        assertThat(update.ok().output()).contains("Applied V18__reviews.sql", "bookshop-2.jar runs.");
        assertThat(shop.get("/actuator/migrations").body()).contains("\"currentVersion\":\"18\"");
        assertThat(shop.rows("select name from customers")).containsExactly("Ada");
    }

    @Test
    @EnabledIfSystemProperty(named = "update.all", matches = "true")
    void aFirstMigrationThatFailsLeavesTheDatabaseAlone() throws Exception {
        Result update = update(Map.of(V18, "create table reviews (id int); select 1 / 0;"), 90);

        assertBack(update);
        assertThat(update.output()).contains("The database is as it was before: it is left alone.");
    }

    @Test
    @EnabledIfSystemProperty(named = "update.all", matches = "true")
    void aNewVersionThatIsNotHealthyIsStoppedAndItsMigrationsAreRolledBack() throws Exception {
        Result update = update(
                Map.of(V18, REVIEWS, U18, "drop table reviews;", "config/application.properties", UNHEALTHY), 30);

        assertBack(update);
        assertThat(update.output())
                .contains("does not take traffic after 30 seconds", "Rolled back 18 in")
                .doesNotContain("Restoring");
    }

    @Test
    @EnabledIfSystemProperty(named = "update.all", matches = "true")
    void withoutRollbackScriptsTheBackupIsRestored() throws Exception {
        Result update = update(Map.of(V18, REVIEWS, V19, WRONG), 90);

        assertBack(update);
        assertThat(update.output()).contains("The rollback did not lead to where the database was.", "Restoring ");
        assertThat(shop.rows("select kind from schema_migrations order by id desc limit 1"))
                .containsExactly("restore");
    }

    private Result update(Map<String, String> more, int limit) throws Exception {
        Path newJar = SlimJar.make(Packaged.jar(), home.resolve("bookshop-2.jar"), more);
        List<String> command =
                new ArrayList<>(List.of(Packaged.deploy("update.sh").toString()));
        command.addAll(List.of("--old", oldJar.toString(), "--new", newJar.toString(), "--home", home.toString()));
        command.addAll(List.of("--limit", "" + limit, "--health", shop.url("/actuator/health/readiness")));
        return shop.run(command);
    }

    private void assertBack(Result update) throws Exception {
        assertThat(update.exitCode()).as(update.output() + update.errors()).isEqualTo(1);
        assertThat(update.output()).contains("bookshop-1.jar runs, with the database as it was.");
        assertThat(shop.get("/actuator/migrations").body()).contains("\"currentVersion\":\"17\"");
        assertThat(shop.rows("select name from customers")).containsExactly("Ada");
        assertThat(shop.rows("select tablename from pg_tables where tablename = 'reviews'"))
                .isEmpty();
    }
}
