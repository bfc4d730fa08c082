package dev.migrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.migrator.Migrator;
import dev.migrator.MigratorStatus;
import dev.migrator.postgres.AdvisoryLock;
import dev.migrator.postgres.Channel;
import dev.migrator.testing.DatabaseTest;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LockTest extends DatabaseTest {

    @Test
    void instancesThatStartTogetherRunEachScriptOnce() {
        for (int i = 1; i <= 10; i++) {
            scripts.with("V" + i + "__t.sql", "CREATE TABLE t" + i + " (id int);");
        }
        List<CompletableFuture<MigrationReport>> runs = IntStream.range(0, 8)
                .mapToObj(i ->
                        CompletableFuture.supplyAsync(() -> migrator().build().migrate()))
                .toList();

        List<MigrationReport> reports = runs.stream()
                .map(one -> one.orTimeout(1, TimeUnit.MINUTES).join())
                .toList();

        assertThat(reports.stream().mapToInt(report -> report.applied().size()).sum())
                .isEqualTo(10);
        assertThat(history()).hasSize(10);
    }

    @Test
    void anIndexIsBuiltConcurrentlyWhileOthersWait() {
        scripts.with("V1__t.sql", """
                CREATE TABLE t (id int);
                CREATE INDEX CONCURRENTLY t_id ON t (id);
                SELECT pg_sleep(0.5);
                CREATE INDEX CONCURRENTLY t_id2 ON t (id);
                """);
        List<CompletableFuture<MigrationReport>> runs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            runs.add(CompletableFuture.supplyAsync(() -> migrator().build().migrate()));
        }
        runs.forEach(one -> one.orTimeout(1, TimeUnit.MINUTES).join());

        assertThat(history()).containsExactly("1 versioned applied 4/4");
        assertThat(database.value("SELECT bool_and(indisvalid) FROM pg_index WHERE indrelid = 't'::regclass"))
                .isEqualTo("t");
    }

    @Test
    void saysWhomItWaitsForAndGivesUpInTime() throws Exception {
        scripts.with("V1__t.sql", "CREATE TABLE t (id int);");
        try (Connection other = database.dataSource().getConnection();
                var statement = other.createStatement()) {
            statement.execute("SET application_name = 'the other pod'");
            assertThat(AdvisoryLock.of("public", "schema_migrations").tryAcquire(other))
                    .isTrue();

            LockTimeoutException failure =
                    failure(LockTimeoutException.class, migrator().lockMaxWait(Duration.ofMillis(300)));

            assertThat(failure)
                    .hasMessageContaining("not had within 300 ms")
                    .hasMessageContaining("'the other pod', pid ")
                    .hasMessageContaining("migrator.lock.max-wait");
            assertThat(failure.exitCode()).isEqualTo(ExitCode.LOCK_TIMEOUT);
        }
    }

    @Test
    void showsThatItWaitsAndGoesOnWhenTheLockIsFree() throws Exception {
        scripts.with("V1__t.sql", "CREATE TABLE t (id int);");
        Migrator migrator = migrator().build();
        CompletableFuture<MigrationReport> run;
        try (Connection other = database.dataSource().getConnection()) {
            AdvisoryLock.of("public", "schema_migrations").tryAcquire(other);
            run = CompletableFuture.supplyAsync(migrator::migrate);
            await().until(() -> {
                MigratorStatus.Current current = migrator.snapshot().current();
                return current != null && current.phase() == Phase.WAITING_FOR_LOCK;
            });
            assertThat(migrator.snapshot().current().detail()).contains("pid ");
        }

        assertThat(run.orTimeout(1, TimeUnit.MINUTES).join().applied()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(LockStrategy.class)
    void whoHadTheLockTellsThoseWhoWait(LockStrategy strategy) throws Exception {
        scripts.with("V1__t.sql", "CREATE TABLE t (id int);");
        Channel channel = AdvisoryLock.of("public", "schema_migrations").channel();
        try (Connection waiting = database.dataSource().getConnection()) {
            channel.listen(waiting);
            migrator().lockStrategy(strategy).build().migrate();

            assertThat(channel.await(waiting, 30_000)).isTrue();
            assertThat(AdvisoryLock.of("public", "schema_migrations").isFree(waiting))
                    .isTrue();
        }
    }

    @Test
    void aConnectionThatHasWaitedGoesBackIntoItsPoolAndListensNoLonger() throws Exception {
        scripts.with("V1__t.sql", "CREATE TABLE t (id int);");
        AdvisoryLock lock = AdvisoryLock.of("public", "schema_migrations");
        HikariConfig config = new HikariConfig();
        config.setDataSource(database.dataSource());
        config.setMaximumPoolSize(1);
        try (HikariDataSource pool = new HikariDataSource(config);
                Connection other = database.dataSource().getConnection()) {
            lock.tryAcquire(other);
            assertThatThrownBy(() -> Migrator.builder(pool)
                            .locations(scripts.location())
                            .lockMaxWait(Duration.ofMillis(100))
                            .build()
                            .migrate())
                    .isInstanceOf(LockTimeoutException.class);
            assertThat(database.value("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                            + " AND query LIKE 'UNLISTEN%'"))
                    .isEqualTo("1");

            try (Connection back = pool.getConnection();
                    var statement = back.createStatement();
                    var channels = statement.executeQuery("SELECT pg_listening_channels()")) {
                assertThat(channels.next()).isFalse();
            }
        }
    }

    @Test
    void leavesNoLockBehind() {
        scripts.with("V1__t.sql", "CREATE TABLE t (id int);").with("V2__t.sql", "SELECT 1 / 0;");

        failure(MigrationFailedException.class, migrator());

        await().untilAsserted(() -> assertThat(
                        database.value("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database ="
                                + " (SELECT oid FROM pg_database WHERE datname = current_database())"))
                .isEqualTo("0"));
    }

    @Test
    void aRefusedBaselineLeavesNoLockInThePool() {
        scripts.with("V1__t.sql", "CREATE TABLE t (id int);");
        migrator().build().migrate();
        HikariConfig config = new HikariConfig();
        config.setDataSource(database.dataSource());
        config.setMaximumPoolSize(1);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            Migrator migrator =
                    Migrator.builder(pool).locations(scripts.location()).build();

            assertThatThrownBy(migrator::baseline).isInstanceOf(ConfigurationException.class);

            assertThat(database.value("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database ="
                            + " (SELECT oid FROM pg_database WHERE datname = current_database())"))
                    .isEqualTo("0");
        }
    }

    @Test
    void aScriptThatGivesTheLockAwayIsNotCommitted() {
        requireNotCommittedBehind("SELECT pg_advisory_unlock_all();");
    }

    @Test
    void aScriptThatGivesThatOneLockAwayIsNotCommittedEither() {
        long key = AdvisoryLock.of("public", "schema_migrations").key();

        requireNotCommittedBehind("SELECT pg_advisory_unlock(" + key + ");");
    }

    private void requireNotCommittedBehind(String unlock) {
        scripts.with("V1__t.sql", "CREATE TABLE t (id int);\n" + unlock);

        assertThat(failure(MigrationFailedException.class, migrator()))
                .hasMessageContaining("The migration lock is no longer held by this session");
        assertThat(history())
                .as("another instance may have applied it by now, and a newer row would speak")
                .isEmpty();
        assertThat(database.value("SELECT to_regclass('t') IS NULL")).isEqualTo("t");
    }

    @Test
    void aTransactionThatMeetsALockStepsBackAndIsTriedAgain() throws Exception {
        database.execute("CREATE TABLE t (id int)");
        scripts.with("V1__t.sql", "CREATE TABLE u (id int);\nALTER TABLE t ADD COLUMN name text;");
        List<RunEvent.StepRetried> retries = new ArrayList<>();
        try (Connection other = database.dataSource().getConnection();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT * FROM t");

            migrator()
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .lockTimeout(Duration.ofMillis(100))
                    .retry(50, Duration.ofMillis(20), Duration.ofMillis(50))
                    .listener(event -> {
                        if (event instanceof RunEvent.StepRetried retried) {
                            retries.add(retried);
                            if (retries.size() == 2) {
                                rollback(other);
                            }
                        }
                    })
                    .build()
                    .migrate();
        }

        assertThat(retries).hasSizeGreaterThanOrEqualTo(2);
        assertThat(retries.get(0).reason()).contains("55P03").contains("V1__t.sql:2:1");
        assertThat(history()).containsExactly("0 baseline applied 0/0", "1 versioned applied 2/2");
    }

    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aConnectionThatIsLostSaysWhatBecameOfTheMigration() {
        scripts.with("V1__t.sql", "CREATE TABLE t (id int);")
                .with("V2__end.sql", "CREATE TABLE u (id int);\nSELECT pg_terminate_backend(pg_backend_pid());");

        DatabaseUnreachableException failure = failure(DatabaseUnreachableException.class, migrator());

        assertThat(failure)
                .hasMessageContaining("V2__end.sql:2:1")
                .hasMessageContaining("V2__end.sql is not recorded as applied")
                .hasMessageContaining("One migration was applied before it");
        assertThat(history()).containsExactly("1 versioned applied 1/1");
    }
}
