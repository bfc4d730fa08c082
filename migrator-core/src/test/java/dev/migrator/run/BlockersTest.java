package dev.migrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.migrator.Migrator;
import dev.migrator.MigratorBuilder;
import dev.migrator.migration.JavaMigration;
import dev.migrator.migration.MigrationContext;
import dev.migrator.testing.DatabaseTest;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Whoever keeps a migration waiting is named: in the event and the log line of each new attempt, and when it has failed. */
class BlockersTest extends DatabaseTest {

    private static final Duration SHORT = Duration.ofMillis(700);

    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.migrator");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final List<RunEvent.StepRetried> retries = new CopyOnWriteArrayList<>();
    private final List<Connection> others = new ArrayList<>();

    @BeforeEach
    void prepare() {
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.INFO);
        database.execute("CREATE TABLE t (id int)", "CREATE TABLE u (id int)", "INSERT INTO t VALUES (1)");
    }

    @AfterEach
    void endOthers() throws SQLException {
        logger.setLevel(null);
        logger.detachAppender(log);
        for (Connection other : others) {
            other.close();
        }
    }

    private Connection other(String application, String... statements) throws SQLException {
        Connection connection = database.dataSource().getConnection();
        others.add(connection);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET application_name = '" + application + "'");
            connection.setAutoCommit(false);
            for (String text : statements) {
                statement.execute(text);
            }
        }
        return connection;
    }

    private MigratorBuilder patient(Duration lockTimeout, Consumer<RunEvent.StepRetried> atRetry) {
        return patient(migrator(), lockTimeout, atRetry);
    }

    private MigratorBuilder patient(
            MigratorBuilder builder, Duration lockTimeout, Consumer<RunEvent.StepRetried> atRetry) {
        return builder.baselineOnMigrate(true)
                .baselineVersion("0")
                .lockTimeout(lockTimeout)
                .listener(event -> {
                    if (event instanceof RunEvent.StepRetried retried) {
                        retries.add(retried);
                        atRetry.accept(retried);
                    }
                });
    }

    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> logged() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void aRetryNamesWhoHeldTheLockAlsoWhereTheTimeLimitIsShort() throws Exception {
        Connection other = other("a long report", "SELECT *\n  FROM t");
        scripts.with("V1__t.sql", "ALTER TABLE t ADD COLUMN name text;");

        patient(SHORT, retried -> rollback(other)).build().migrate();

        assertThat(retries).hasSize(1);
        assertThat(retries.get(0).blockers()).singleElement().satisfies(blocker -> {
            assertThat(blocker.application()).isEqualTo("a long report");
            assertThat(blocker.state()).isEqualTo("idle in transaction");
            assertThat(blocker.query()).isEqualTo("SELECT *\n  FROM t");
        });
        assertThat(logged()).anySatisfy(line -> assertThat(line)
                .matches("V1__t\\.sql: attempt 2 of 3 in 0\\.0\\d s \\(55P03 canceling statement due to lock timeout at"
                        + " V1__t\\.sql:1:1\\); waiting for pid \\d+ \\(a long report, idle in transaction for"
                        + " \\d+ m?s\\): SELECT \\* FROM t"));
    }

    @Test
    void theFailureNamesWhoHeldTheLockAtTheLastAttemptAndDoesNotShowItsQuery() throws Exception {
        other("a long report", "SELECT 'secret' FROM t");
        scripts.with("V1__t.sql", "ALTER TABLE t ADD COLUMN name text;");

        MigrationFailedException failure = failure(MigrationFailedException.class, patient(SHORT, retried -> {}));

        assertThat(failure.action())
                .matches(
                        "Nothing need be wrong with the migration: others held what it needs, at last pid \\d+ \\(a long"
                                + " report, idle in transaction for .*\\)\\. See what they do \\(pg_stat_activity\\), and start"
                                + " again when they have finished; or let it try longer, with migrator\\.lock-timeout and"
                                + " migrator\\.retry\\.max-attempts\\.");
        assertThat(failure).hasMessageNotContaining("secret");
    }

    @Test
    void aBlockerWhoseTransactionHasEndedSinceIsSaidToHaveEnded() throws Exception {
        Connection other = other("a long report", "SELECT * FROM t");
        scripts.with(
                "V1__t.sql",
                "ALTER TABLE t ADD COLUMN name text;\nDO $$ BEGIN RAISE 'again' USING ERRCODE = '40001'; END $$;");

        MigrationFailedException failure =
                // a look may delay a run by a part of its pause only
                failure(
                        MigrationFailedException.class,
                        patient(SHORT, retried -> rollback(other))
                                .retry(3, Duration.ofMillis(400), Duration.ofMillis(400)));

        assertThat(retries)
                .extracting(retried -> retried.blockers().get(0).state())
                .containsExactly("idle in transaction", "ended");
        assertThat(failure.action()).contains("(a long report, ended)");
    }

    @Test
    void theOneWhomTheBlockerItselfWaitsForIsNamedToo() throws Exception {
        Connection root = other("the root", "SELECT * FROM u");
        Connection middle = other("in the middle", "SELECT * FROM t");
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> {
            try (Statement statement = middle.createStatement()) {
                statement.execute("LOCK TABLE u");
                middle.rollback();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        await().until(() -> database.value("SELECT count(*) FROM pg_locks WHERE NOT granted")
                .equals("1"));
        scripts.with("V1__t.sql", "ALTER TABLE t ADD COLUMN name text;");

        patient(SHORT, retried -> rollback(root)).build().migrate();
        waiting.orTimeout(1, TimeUnit.MINUTES).join();

        List<Blocker> blockers = retries.get(0).blockers();
        assertThat(blockers).extracting(Blocker::application).containsExactly("in the middle", "the root");
        assertThat(blockers.get(0).waitsFor()).containsExactly(blockers.get(1).pid());
        assertThat(blockers.get(0).describe())
                .contains("active for ")
                .contains("waiting for pid " + blockers.get(1).pid());
        assertThat(blockers.get(1).state()).isEqualTo("idle in transaction");
    }

    @Test
    void aRoleThatMaySeeNoQueriesStillNamesTheBlocker() throws Exception {
        String role = "plain_" + database.name();
        database.execute(
                "CREATE ROLE " + role + " LOGIN",
                "ALTER TABLE t OWNER TO " + role,
                "GRANT ALL ON SCHEMA public TO " + role);
        try {
            Connection other = other("a long report", "SELECT * FROM t");
            scripts.with("V1__t.sql", "ALTER TABLE t ADD COLUMN name text;");

            patient(
                            Migrator.builder(database.dataSource(role))
                                    .locations(scripts.location())
                                    .retry(3, Duration.ofMillis(20), Duration.ofMillis(50)),
                            SHORT,
                            retried -> rollback(other))
                    .build()
                    .migrate();

            assertThat(retries.get(0).blockers()).singleElement().satisfies(blocker -> {
                assertThat(blocker.query()).isNull();
                assertThat(blocker.describe()).matches("pid \\d+ \\(a long report\\)");
            });
        } finally {
            database.execute("DROP OWNED BY " + role + " CASCADE", "DROP ROLE " + role);
        }
    }

    @Test
    void aMigrationInJavaNamesItsBlockersToo() throws Exception {
        Connection other = other("a long report", "SELECT * FROM t");
        JavaMigration migration = new JavaMigration() {
            @Override
            public String name() {
                return "V1__t";
            }

            @Override
            public void migrate(MigrationContext context) throws SQLException {
                context.progress(3, 9);
                try (Statement statement = context.connection().createStatement()) {
                    statement.execute("ALTER TABLE t ADD COLUMN name text");
                }
            }
        };
        List<RunEvent.StepProgress> told = new CopyOnWriteArrayList<>();
        MigratorBuilder builder = patient(SHORT, retried -> rollback(other))
                .javaMigrations(List.of(migration))
                .listener(event -> {
                    if (event instanceof RunEvent.StepProgress progress
                            && !progress.blockers().isEmpty()) {
                        told.add(progress);
                    }
                });

        builder.build().migrate();

        assertThat(told).isNotEmpty().allSatisfy(progress -> {
            assertThat(progress.statement()).isEqualTo(3);
            assertThat(progress.statements()).isEqualTo(9);
            assertThat(progress.blockers()).extracting(Blocker::application).containsExactly("a long report");
        });
    }

    @Test
    void aRunOfQuickStatementsOpensNoSecondConnection() {
        for (int i = 1; i <= 5; i++) {
            scripts.with("V" + i + "__x.sql", "CREATE TABLE x" + i + " (id int);");
        }
        AtomicInteger connections = new AtomicInteger();
        DataSource real = database.dataSource();
        DataSource counting = (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (self, method, arguments) -> {
                    if (method.getName().equals("getConnection")) {
                        connections.incrementAndGet();
                    }
                    return method.invoke(real, arguments);
                });

        Migrator.builder(counting)
                .locations(scripts.location())
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .build()
                .migrate();

        assertThat(connections).hasValue(1);
    }

    @Test
    void aPoolOfOneConnectionIsEnoughAndIsSaidOnce() throws Exception {
        Connection other = other("a long report", "SELECT * FROM t");
        scripts.with("V1__t.sql", "ALTER TABLE t ADD COLUMN name text;").with("V2__u.sql", "SELECT pg_sleep(0.2);");
        HikariConfig config = new HikariConfig();
        config.setDataSource(database.dataSource());
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(250);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            patient(Migrator.builder(pool).locations(scripts.location()), SHORT, retried -> {
                        if (retried.attempt() == 4) {
                            rollback(other);
                        }
                    })
                    .retry(20, Duration.ofMillis(50), Duration.ofMillis(50))
                    .build()
                    .migrate();
        }

        assertThat(history()).contains("1 versioned applied 1/1", "2 versioned applied 1/1");
        assertThat(logged())
                .filteredOn(
                        line -> line.startsWith("The migration runs on without live progress, and without naming who"))
                .hasSize(1);
    }
}
