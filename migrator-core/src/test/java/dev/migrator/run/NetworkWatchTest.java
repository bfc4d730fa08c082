package dev.migrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.migrator.Migrator;
import dev.migrator.backup.BackupMode;
import dev.migrator.backup.BackupOptions;
import dev.migrator.testing.DatabaseTest;
import dev.migrator.testing.TcpProxy;
import dev.migrator.testing.TestDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Where packets are dropped, a run does not wait for its answer for ever. Tests wait here, and so side by side. */
@Execution(ExecutionMode.CONCURRENT)
class NetworkWatchTest extends DatabaseTest {

    private static final String NAPPING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            + " AND state = 'active' AND wait_event = 'PgSleep'";

    /** The end of the answer to a ROLLBACK, with its length. */
    private static final String ROLLED_BACK = "\0\0\0\rROLLBACK\0";

    private final TcpProxy proxy = new TcpProxy(TestDatabase.port()).listen();

    @BeforeEach
    void makeTheNap() {
        database.execute("CREATE SCHEMA test", "CREATE TABLE test.nap AS SELECT 300 AS seconds");
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);\nSELECT pg_sleep(seconds) FROM test.nap;");
    }

    @AfterEach
    void closeTheProxy() {
        proxy.close();
    }

    private PGSimpleDataSource behindTheProxy() {
        PGSimpleDataSource dataSource = (PGSimpleDataSource) database.dataSource();
        dataSource.setPortNumbers(new int[] {proxy.port()});
        return dataSource;
    }

    /** On a thread of its own: the common pool has too few for tests that run side by side. */
    private static CompletableFuture<MigrationReport> inBackground(Migrator migrator) {
        return CompletableFuture.supplyAsync(migrator::migrate, task -> new Thread(task, "network-watch-test").start());
    }

    /** Behind the proxy; with a connection for the run, and one for its observer. */
    private HikariDataSource pool() {
        HikariDataSource pool = new HikariDataSource();
        pool.setDataSource(behindTheProxy());
        pool.setMaximumPoolSize(2);
        pool.setConnectionTimeout(2000);
        return pool;
    }

    private void awaitObservation(Migrator migrator) {
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            var current = migrator.snapshot().current();
            return current != null && current.text() != null;
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aNetworkThatDropsAllPacketsEndsTheRun(boolean pooled) {
        HikariDataSource pool = pool();
        Migrator migrator = Migrator.builder(pooled ? pool : behindTheProxy())
                .locations(scripts.location())
                .connectTimeout(Duration.ofSeconds(2))
                .build();
        CompletableFuture<MigrationReport> run = inBackground(migrator);
        awaitObservation(migrator);
        long start = System.nanoTime();

        proxy.dropPackets();

        assertThat(failureOf(run))
                .isInstanceOf(DatabaseUnreachableException.class)
                .hasMessageContaining("The connection was lost while V1__a.sql ran")
                .hasMessageContaining("whether V1__a.sql was committed could not be asked");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
        pool.close();
    }

    /** What the observing connection asks last at its first look is a guess, which may fail. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aNetworkThatDropsAllPacketsWhileItIsAskedHowLongItTookBeforeEndsTheRun(boolean pooled) {
        proxy.dropPacketsBehind("SET LOCAL lock_timeout = '200ms'");
        try (HikariDataSource pool = pool()) {
            Migrator migrator = Migrator.builder(pooled ? pool : behindTheProxy())
                    .locations(scripts.location())
                    .connectTimeout(Duration.ofSeconds(2))
                    .build();

            requireLost(inBackground(migrator));
        }
    }

    /** Where it is asked between two attempts who kept the first one waiting, and there is no answer. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aNetworkThatDropsAllPacketsBetweenTwoAttemptsEndsTheRun(boolean pooled) throws Exception {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);\nALTER TABLE test.nap ADD COLUMN x int;");
        AtomicInteger looks = new AtomicInteger();
        try (HikariDataSource pool = pool();
                Connection other = database.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE test.nap");
            Migrator migrator = Migrator.builder(pooled ? pool : behindTheProxy())
                    .locations(scripts.location())
                    .backup(BackupOptions.DEFAULT.mode(BackupMode.OFF))
                    .connectTimeout(Duration.ofSeconds(2))
                    .lockTimeout(Duration.ofMillis(900))
                    .listener(event -> {
                        if (event instanceof RunEvent.StepProgress progress
                                && !progress.blockers().isEmpty()
                                && looks.incrementAndGet() == 2) {
                            proxy.dropPacketsBehind(ROLLED_BACK);
                        }
                    })
                    .build();

            requireLost(inBackground(migrator));
        }
    }

    private static void requireLost(CompletableFuture<MigrationReport> run) {
        assertThat(failureOf(run))
                .isInstanceOf(DatabaseUnreachableException.class)
                .hasMessageContaining("The connection was lost while V1__a.sql ran");
    }

    /** Within a minute, for machines are busy: a run that waits for ever is what must not be. */
    private static Throwable failureOf(CompletableFuture<MigrationReport> run) {
        return catchThrowableOfType(ExecutionException.class, () -> run.get(1, TimeUnit.MINUTES))
                .getCause();
    }

    /** It takes the observing connection without ever answering it; without TLS the driver has no limit for that. */
    @Test
    void aDeadNetworkThatSwallowsNewConnectionsTooEndsTheRun() {
        PGSimpleDataSource dataSource = behindTheProxy();
        dataSource.setSslmode("disable");
        dataSource.setGssEncMode("disable");
        proxy.swallowConnectionsBehind(1);
        Migrator migrator = Migrator.builder(dataSource)
                .locations(scripts.location())
                .connectTimeout(Duration.ofSeconds(2))
                .build();
        CompletableFuture<MigrationReport> run = inBackground(migrator);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> database.value(NAPPING).equals("1"));
        proxy.dropPackets();

        assertThat(run)
                .failsWithin(Duration.ofSeconds(60))
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .isInstanceOf(DatabaseUnreachableException.class)
                .withMessageContaining("The connection was lost while V1__a.sql ran")
                .withMessageContaining("whether V1__a.sql was committed could not be asked");
    }

    @Test
    void aServerThatHasEndedTheSessionUnheardEndsTheRun() {
        Migrator migrator = Migrator.builder(behindTheProxy())
                .locations(scripts.location())
                .connectTimeout(Duration.ofSeconds(2))
                .build();
        CompletableFuture<MigrationReport> run = inBackground(migrator);
        awaitObservation(migrator);

        proxy.dropPacketsOf(0);
        database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND query LIKE 'SELECT pg_sleep%' AND state = 'active'");

        assertThat(failureOf(run))
                .isInstanceOf(DatabaseUnreachableException.class)
                .hasMessageContaining("V1__a.sql is not recorded as applied: the server rolled it back.");
        assertThat(history()).isEmpty();
    }

    @Test
    void anObservingConnectionThatEndsAloneDoesNotDisturbTheRun() {
        Migrator migrator = migrator().connectTimeout(Duration.ofSeconds(2)).build();
        CompletableFuture<MigrationReport> run = inBackground(migrator);
        awaitObservation(migrator);

        database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND pid <> pg_backend_pid() AND state = 'idle'");
        await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(10)).until(() -> !run.isDone());

        database.execute("SELECT pg_cancel_backend(pid) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND query LIKE 'SELECT pg_sleep%' AND state = 'active'");
        assertThat(failureOf(run)).isInstanceOf(MigrationFailedException.class);
    }

    @Test
    void aServerThatHasNoConnectionToSpareIsNotOutOfReach() {
        String role = "single_" + database.name();
        database.execute(
                "CREATE ROLE " + role + " LOGIN CONNECTION LIMIT 1",
                "GRANT CREATE, USAGE ON SCHEMA public TO " + role,
                "GRANT USAGE ON SCHEMA test TO " + role,
                "GRANT SELECT ON test.nap TO " + role,
                "UPDATE test.nap SET seconds = 5");
        try {
            MigrationReport report = Migrator.builder(database.dataSource(role))
                    .locations(scripts.location())
                    .connectTimeout(Duration.ofSeconds(1))
                    .build()
                    .migrate();

            assertThat(report.applied()).hasSize(1);
        } finally {
            database.execute("DROP OWNED BY " + role, "DROP ROLE " + role);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ADVISORY", "TABLE"})
    void aNetworkThatDropsAllPacketsEndsTheWaitForTheLock(LockStrategy strategy) throws Exception {
        Migrator migrator = Migrator.builder(behindTheProxy())
                .locations(scripts.location())
                .lockStrategy(strategy)
                .connectTimeout(Duration.ofSeconds(1))
                .build();
        try (var other = database.dataSource().getConnection()) {
            dev.migrator.postgres.AdvisoryLock.of("public", "schema_migrations").tryAcquire(other);
            CompletableFuture<MigrationReport> run = inBackground(migrator);
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                var current = migrator.snapshot().current();
                return current != null && current.phase() == Phase.WAITING_FOR_LOCK;
            });

            proxy.dropPackets();

            assertThat(failureOf(run))
                    .isInstanceOf(DatabaseUnreachableException.class)
                    .hasMessageContaining("The run stopped: ")
                    .hasMessageContaining("Start again when the server can be reached");
        }
    }

    @Test
    void aPoolWithoutAConnectionToSpareIsNotOutOfReachHoweverLongItLetsOneWait() {
        scripts.with("V1__a.sql", "SELECT pg_sleep(4);");
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setDataSource(database.dataSource());
            pool.setMaximumPoolSize(1);
            pool.setConnectionTimeout(60_000);

            assertThat(Migrator.builder(pool)
                            .locations(scripts.location())
                            .connectTimeout(Duration.ofSeconds(1))
                            .build()
                            .migrate()
                            .applied())
                    .hasSize(1);
        }
    }
}
