package dev.migrator.spring.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.migrator.Migrator;
import dev.migrator.run.NotMigratedInTimeException;
import dev.migrator.run.ValidationFailedException;
import dev.migrator.spring.test.Postgres;
import dev.migrator.spring.test.RunningApplication;
import dev.migrator.spring.test.WebApplication;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What an instance does that is not to migrate by itself. */
class ModeTests {

    private final String url = Postgres.newDatabase();

    private RunningApplication.Start application(String mode) {
        return RunningApplication.of(WebApplication.class).database(url).with("migrator.mode=" + mode);
    }

    private void migrateElsewhere() {
        Migrator.builder(new DriverManagerDataSource(url)).build().migrate();
    }

    private void assertNothingWasWritten() {
        assertThat(Postgres.tableExists(url, "schema_migrations")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ready", "lifecycle", "initialization"})
    void oneThatValidatesDoesNotStartWhileSomethingIsPending(String runAt) throws Exception {
        try (RunningApplication app =
                application("validate").with("migrator.run-at=" + runAt).start()) {
            Throwable failure = app.awaitFailure();

            assertThat(failure).hasRootCauseInstanceOf(ValidationFailedException.class);
            assertThat(failure).rootCause().hasMessageContaining("3 migrations are pending: V1__create_books.sql, ");
            while (!(failure instanceof StartupMigrationException)) {
                failure = failure.getCause();
            }
            assertThat(((StartupMigrationException) failure).getExitCode()).isEqualTo(3);
        }
        assertNothingWasWritten();
    }

    @Test
    void oneThatValidatesStartsWhenNothingIs() throws Exception {
        migrateElsewhere();
        try (RunningApplication app = application("validate").start()) {
            app.awaitStarted();

            assertThat(app.get("/hello").statusCode()).isEqualTo(200);
            assertThat(app.get("/actuator/health").body()).contains("\"status\":\"UP\"");
            assertThat(app.get("/actuator/migrations").body()).contains("\"state\":\"succeeded\"");
        }
    }

    @Test
    void oneThatWaitsHoldsRequestsOffUntilAnotherHasMigrated() throws Exception {
        try (RunningApplication app = application("wait").start()) {
            assertThat(app.get("/hello").statusCode()).isEqualTo(503);
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                            app.get("/actuator/migrations").body())
                    .contains("\"state\":\"pending\"", "V1__create_books.sql"));
            assertThat(app.get("/actuator/health").body()).contains("OUT_OF_SERVICE");
            assertThat(app.isStarted()).isFalse();
            assertNothingWasWritten();

            migrateElsewhere();

            app.awaitStarted();
            assertThat(app.get("/hello").statusCode()).isEqualTo(200);
            await().atMost(Duration.ofSeconds(10))
                    .until(() ->
                            app.context().getBean(ApplicationAvailability.class).getReadinessState()
                                    == ReadinessState.ACCEPTING_TRAFFIC);
        }
    }

    @Test
    void oneThatWaitsDoesNotDoSoForEver() throws Exception {
        try (RunningApplication app =
                application("wait").with("migrator.wait.timeout=500ms").start()) {
            assertThat(app.awaitFailure()).hasRootCauseInstanceOf(NotMigratedInTimeException.class);
        }
        assertNothingWasWritten();
    }

    @Test
    void oneThatWaitsEndsWhenItIsClosed() throws Exception {
        try (RunningApplication app = application("wait").start()) {
            assertThat(app.get("/hello").statusCode()).isEqualTo(503);
            await().until(() -> app.get("/actuator/migrations").body().contains("V1__create_books.sql"));

            app.context().close();

            assertThat(app.awaitFailure()).hasStackTraceContaining("while it waited for another instance to migrate");
        }
    }
}
