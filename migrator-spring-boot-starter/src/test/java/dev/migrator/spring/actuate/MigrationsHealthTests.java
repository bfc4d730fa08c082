package dev.migrator.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.migrator.Migrator;
import dev.migrator.run.Phase;
import dev.migrator.spring.autoconfigure.MigrationsHealthAutoConfiguration;
import dev.migrator.spring.autoconfigure.MigratorAutoConfiguration;
import dev.migrator.spring.test.Hold;
import dev.migrator.spring.test.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class MigrationsHealthTests {

    @TempDir
    private Path folder;

    private final String url = Postgres.newDatabase();

    private Migrator migrator(Hold... holds) {
        return Migrator.builder(new DriverManagerDataSource(url))
                .javaMigrations(List.of(holds))
                .build();
    }

    private static DefaultListableBeanFactory beans(Migrator migrator) {
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        beans.registerSingleton("shop", migrator);
        return beans;
    }

    private static Health health(Migrator migrator) {
        return new MigrationsHealthIndicator(beans(migrator), true, false).health();
    }

    private static Map<?, ?> details(Health health) {
        return (Map<?, ?>) health.getDetails().get("shop");
    }

    @Test
    void whatIsPendingIsNamed() {
        Migrator migrator = migrator();
        migrator.status();

        Health health = health(migrator);

        assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(details(health).get("pending")).isEqualTo(3);
        assertThat((List<?>) details(health).get("pendingMigrations"))
                .hasSize(3)
                .first()
                .asString()
                .endsWith("V1__create_books.sql");
    }

    @Test
    void driftAloneIsNamedAndLeavesTheApplicationUp() {
        Migrator migrator = migrator();
        migrator.migrate();
        assertThat(details(health(migrator)).containsKey("drifted")).isFalse();
        Postgres.execute(url, "update schema_migrations set checksum = 'c1:00' where version = '1'");
        migrator.status();

        Health health = health(migrator);

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat((List<?>) details(health).get("drifted"))
                .singleElement()
                .asString()
                .endsWith("V1__create_books.sql");
        assertThat(details(health).get("problems").toString()).contains("was changed after it was applied");
    }

    @Test
    void versionsAboveTheHighestThatIsKnownHereAreANote() {
        Migrator migrator = migrator();
        migrator.migrate();
        Postgres.execute(
                url, "update schema_migrations set version = '99', script = 'V99__later.sql' where version is null");
        migrator.status();

        Health health = health(migrator);

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(details(health).containsKey("drifted")).isFalse();
        assertThat(details(health).get("notes").toString()).contains("above the highest that is known here", "99");
    }

    @Test
    void halfOfAMigrationThatNobodyGoesOnWithIsDown() {
        migrator().migrate();
        Postgres.execute(url, "update schema_migrations set state = 'interrupted' where version = '2'");
        Migrator migrator = migrator();
        migrator.status();

        Health health = health(migrator);

        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat((List<?>) details(health).get("interrupted"))
                .singleElement()
                .asString()
                .endsWith("V2__add_isbn.sql");
    }

    @Test
    void whoHoldsTheLockAndHowFarTheRunIsCanBeSeen() throws Exception {
        Hold hold = new Hold();
        Migrator first = migrator(hold);
        Migrator second = migrator(hold);
        CompletableFuture<Void> migrating =
                CompletableFuture.runAsync(first::migrate, work -> new Thread(work).start());
        CompletableFuture<Void> waiting;
        try {
            hold.awaitBegun();
            assertThat(health(first).getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
            assertThat(details(health(first)).get("percent")).isEqualTo(25);
            waiting = CompletableFuture.runAsync(second::migrate, work -> new Thread(work).start());
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> second.snapshot().current() != null
                            && second.snapshot().current().phase() == Phase.WAITING_FOR_LOCK);
            assertThat(details(health(second)).get("lockHeldBy").toString()).contains("pid");
        } finally {
            hold.release();
        }
        migrating.get(20, TimeUnit.SECONDS);
        waiting.get(20, TimeUnit.SECONDS);
        assertThat(health(second).getStatus()).isEqualTo(Status.UP);
    }

    @ParameterizedTest
    @CsvSource({
        "migrator.endpoint.show-details=never, any=any, false",
        "any=any, any=any, true",
        "any=any, management.endpoint.health.show-details=when-authorized, true",
        "any=any, management.endpoint.health.show-details=always, false",
        "any=any, management.endpoint.health.group.readiness.show-details=ALWAYS, false",
        "any=any, management.endpoint.health.group.readiness.include=migrations, true",
        "MIGRATOR_ENDPOINT_SHOWDETAILS=always, management.endpoint.health.show-details=always, true"
    })
    void healthShowsNobodyTheWordsThatTheEndpointKeepsFromHim(String endpoint, String healths, boolean shown)
            throws IOException {
        Files.writeString(folder.resolve("V1__x.sql"), "select nonsense_from_a_secret;");
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        DataSourceAutoConfiguration.class,
                        MigratorAutoConfiguration.class,
                        MigrationsHealthAutoConfiguration.class))
                .withInitializer(context -> TestPropertyValues.of(endpoint)
                        .applyTo(context.getEnvironment(), TestPropertyValues.Type.SYSTEM_ENVIRONMENT))
                .withPropertyValues(
                        "spring.datasource.url=" + url, "migrator.locations=filesystem:" + folder, endpoint, healths)
                .run(context -> {
                    assertThatThrownBy(context.getBean(Migrator.class)::migrate).hasMessageContaining("nonsense");

                    Health health =
                            context.getBean(MigrationsHealthIndicator.class).health();

                    assertThat(health.getStatus()).isEqualTo(Status.DOWN);
                    assertThat(health.getDetails().toString()).contains("state=failed", "V1__x.sql");
                    assertThat(health.getDetails().toString().contains("nonsense"))
                            .isEqualTo(shown);
                });
    }

    @Test
    void beforeTheFirstLookNothingIsSaidOfSingleMigrations() {
        Health health = health(migrator());

        assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(details(health).containsKey("pendingMigrations")).isFalse();
    }

    @Test
    void longListsAreCut() throws IOException {
        for (int version = 1; version <= 14; version++) {
            Files.writeString(folder.resolve("V" + version + "__x.sql"), "select 1;");
        }
        Migrator migrator = Migrator.builder(new DriverManagerDataSource(url))
                .locations("filesystem:" + folder)
                .build();
        migrator.status();

        assertThat((List<?>) details(health(migrator)).get("pendingMigrations"))
                .hasSize(11)
                .last()
                .isEqualTo("… and 4 more");
    }

    @Test
    void informationHasTheVersionOfTheSchema() {
        Migrator migrator = migrator();
        migrator.migrate();
        Info.Builder info = new Info.Builder();

        new MigrationsInfoContributor(beans(migrator), true).contribute(info);

        assertThat(info.build().getDetails())
                .isEqualTo(Map.of(
                        "migrations",
                        Map.of(
                                "shop",
                                Map.of(
                                        "state",
                                        "succeeded",
                                        "currentVersion",
                                        "2",
                                        "latestVersion",
                                        "2",
                                        "pending",
                                        0))));
    }
}
