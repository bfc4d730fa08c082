package dev.migrator.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.migrator.spring.test.Postgres;
import dev.migrator.spring.test.RunningApplication;
import dev.migrator.spring.test.WebApplication;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BlockedMigrationTests {

    @Test
    void theEndpointTellsThatSomebodyKeepsTheMigrationWaitingAndNotEverybodyWhoAndWithWhat() throws Exception {
        String url = Postgres.newDatabase();
        Postgres.execute(url, "create table shelf (id int)");
        try (Connection other = DriverManager.getConnection(url + "&ApplicationName=night-report");
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table shelf in access share mode");
            try (RunningApplication app = RunningApplication.of(WebApplication.class)
                    .database(url)
                    .with(
                            "migrator.locations=classpath:db/locked",
                            "migrator.baseline.on-migrate=true",
                            "migrator.baseline.version=0")
                    .start()) {
                await().atMost(Duration.ofSeconds(30))
                        .pollInterval(Duration.ofMillis(200))
                        .untilAsserted(
                                () -> assertThat(app.get("/actuator/migrations").body())
                                        .contains("\"state\":\"idle in transaction\"", "ageMs")
                                        .contains("\"statement\":1", "\"statements\":1", "V1__number_rows.sql")
                                        .doesNotContain("lock table", "night-report"));
                assertThat(app.get("/hello").statusCode()).isEqualTo(503);

                other.commit();
                app.awaitStarted();
                assertThat(app.get("/hello").statusCode()).isEqualTo(200);
            }
        }
    }
}
