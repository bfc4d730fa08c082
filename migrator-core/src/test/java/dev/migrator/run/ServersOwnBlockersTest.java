package dev.migrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.migrator.Migrator;
import dev.migrator.testing.Scripts;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What blocks a migration and is no client: autovacuum and prepared transactions. They need a server with its own settings. */
class ServersOwnBlockersTest {

    private static EmbeddedPostgres server;

    @TempDir
    private Path folder;

    private final List<Blocker> blockers = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.builder()
                .setServerConfig("max_prepared_transactions", "2")
                .setServerConfig("autovacuum_naptime", "1s")
                .start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @BeforeEach
    void clean() throws SQLException {
        execute("DROP TABLE IF EXISTS schema_migrations, orders");
    }

    private static void execute(String... statements) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (String text : statements) {
                statement.execute(text);
            }
        }
    }

    private static boolean isTrue(String question) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            return row.next() && row.getBoolean(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private MigratorException failure(DataSource dataSource) {
        Migrator migrator = Migrator.builder(dataSource)
                .locations(new Scripts(folder)
                        .with("V1__o.sql", "ALTER TABLE orders ADD COLUMN name text;")
                        .location())
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .lockTimeout(Duration.ofMillis(400))
                .retry(2, Duration.ofMillis(50), Duration.ofMillis(50))
                .listener(event -> {
                    if (event instanceof RunEvent.StepRetried retried) {
                        blockers.addAll(retried.blockers());
                    }
                })
                .build();
        try {
            migrator.migrate();
        } catch (MigratorException e) {
            return e;
        }
        throw new AssertionError("The migration was not blocked");
    }

    @Test
    void anAutovacuumThatPreventsWraparoundIsNamedByItsTable() throws SQLException {
        String user = "plain";
        execute(
                "CREATE TABLE orders (id int) WITH (autovacuum_freeze_max_age = 100000, autovacuum_vacuum_cost_limit = 1,"
                        + " autovacuum_vacuum_cost_delay = 100)",
                "INSERT INTO orders SELECT i FROM generate_series(1, 200000) i",
                "CREATE TABLE burnt (id int) WITH (autovacuum_enabled = false)",
                "DO $$ BEGIN FOR i IN 1 .. 100100 LOOP BEGIN INSERT INTO burnt VALUES (i);"
                        + " EXCEPTION WHEN division_by_zero THEN NULL; END; END LOOP; END $$",
                "CREATE ROLE " + user + " LOGIN",
                "ALTER TABLE orders OWNER TO " + user,
                "GRANT ALL ON SCHEMA public TO " + user);
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        isTrue("SELECT EXISTS (SELECT FROM pg_stat_progress_vacuum WHERE relid = 'orders'::regclass)"));

        MigratorException failure = failure(server.getPostgresDatabase());

        String name = "autovacuum of public.orders (to prevent wraparound)";
        assertThat(blockers).singleElement().satisfies(blocker -> assertThat(blocker.application())
                .isEqualTo(name));
        assertThat(failure.action()).containsPattern("at last pid \\d+ \\(\\Q" + name + "\\E, active for \\d+ m?s\\)");

        execute("ALTER TABLE schema_migrations OWNER TO " + user);
        MigratorException ofPlainRole = failure(server.getDatabase(user, "postgres"));
        assertThat(ofPlainRole.action())
                .as("seen by a role that may see no more than its name and its locks")
                .containsPattern("at last pid \\d+ \\(\\Q" + name + "\\E\\)");
    }

    @Test
    void aPreparedTransactionIsNamedByItsIdentifier() throws SQLException {
        execute("CREATE TABLE orders (id int)");
        try (Connection other = server.getPostgresDatabase().getConnection();
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN");
            statement.execute("INSERT INTO orders VALUES (1)");
            statement.execute("PREPARE TRANSACTION 'order 4711'");
        }
        try {
            MigratorException failure = failure(server.getPostgresDatabase());

            assertThat(blockers).singleElement().satisfies(blocker -> {
                assertThat(blocker.pid()).isZero();
                assertThat(blocker.age()).isPositive();
            });
            assertThat(failure.action())
                    .containsPattern(
                            "held what it needs, at last prepared transaction 'order 4711', in a transaction for");
        } finally {
            execute("ROLLBACK PREPARED 'order 4711'");
        }
    }
}
