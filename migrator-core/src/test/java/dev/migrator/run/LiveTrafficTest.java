package dev.migrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.migrator.MigratorBuilder;
import dev.migrator.testing.DatabaseTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a migration that fights for its lock does to those who use the table meanwhile. */
class LiveTrafficTest extends DatabaseTest {

    private static final Logger LOG = LoggerFactory.getLogger(LiveTrafficTest.class);

    private static final Duration LOCK_TIMEOUT = Duration.ofMillis(250);
    private static final Duration LONG_READ = Duration.ofSeconds(3);

    /**
     * What may come on top of the limit: the client's own two statements, the wait for each other's rows, and a pause of the
     * JVM or of a busy machine. Without the limit the wait is {@link #LONG_READ}, far beyond.
     */
    private static final Duration MARGIN = Duration.ofMillis(750);

    private final List<RunEvent.StepRetried> retries = new CopyOnWriteArrayList<>();

    private MigratorBuilder migrator(Duration lockTimeout) {
        return migrator()
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .lockTimeout(lockTimeout)
                .retry(100, Duration.ofMillis(100), Duration.ofMillis(400))
                .listener(event -> {
                    if (event instanceof RunEvent.StepRetried retried) {
                        retries.add(retried);
                    }
                });
    }

    @Test
    void nobodyWaitsLongerThanTheLimitWhileAMigrationFightsForItsLock() throws Exception {
        List<Long> waits = waitsDuringAMigration(LOCK_TIMEOUT);

        assertThat(retries).as("attempts that met the long reader").hasSizeGreaterThanOrEqualTo(3);
        assertThat(retries).allSatisfy(retried -> assertThat(retried.blockers())
                .extracting(Blocker::application)
                .contains("a long reader"));
        assertThat(longest(waits)).isLessThan(LOCK_TIMEOUT.plus(MARGIN).toMillis());
    }

    @Test
    void withoutALimitEverybodyWaitsForTheLongReader() throws Exception {
        List<Long> waits = waitsDuringAMigration(Duration.ZERO);

        assertThat(retries).isEmpty();
        assertThat(longest(waits)).isGreaterThan(LOCK_TIMEOUT.plus(MARGIN).toMillis() * 2);
    }

    private static long longest(List<Long> waits) {
        return waits.get(waits.size() - 1);
    }

    /** How long each transaction of four clients took, in milliseconds, in order of length. */
    private List<Long> waitsDuringAMigration(Duration lockTimeout) throws Exception {
        database.execute(
                "CREATE TABLE account (id int PRIMARY KEY, balance int NOT NULL)",
                "INSERT INTO account SELECT i, 0 FROM generate_series(1, 1000) i");
        scripts.with("V1__account.sql", "ALTER TABLE account ADD COLUMN owner text;");
        List<Client> clients = new ArrayList<>();
        try (Connection reader = database.dataSource().getConnection();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("SET application_name = 'a long reader'");
            statement.execute("SELECT count(*) FROM account");
            for (int i = 0; i < 4; i++) {
                clients.add(new Client());
            }
            await().until(() -> clients.stream().allMatch(client -> client.waits.size() > 20));
            CompletableFuture<MigrationReport> run = CompletableFuture.supplyAsync(
                    () -> migrator(lockTimeout).build().migrate());
            TimeUnit.MILLISECONDS.sleep(LONG_READ.toMillis());
            assertThat(run).as("the reader still holds its lock").isNotDone();
            reader.rollback();
            assertThat(run.get(30, TimeUnit.SECONDS).applied()).hasSize(1);
        } finally {
            clients.forEach(Client::end);
        }
        List<Long> waits = clients.stream()
                .flatMap(client -> client.waits.stream())
                .sorted()
                .toList();
        LOG.warn(
                "lock-timeout {} ms: {} transactions of 4 clients, median {} ms, 99 % {} ms, longest {} ms; {} retries",
                lockTimeout.toMillis(),
                waits.size(),
                waits.get(waits.size() / 2),
                waits.get(waits.size() * 99 / 100),
                longest(waits),
                retries.size());
        return waits;
    }

    /** Does short transactions on the table, one after the other, until it is ended. */
    private final class Client implements Runnable {

        private final List<Long> waits = new CopyOnWriteArrayList<>();
        private final CompletableFuture<Void> end;
        private volatile boolean ended;

        Client() {
            end = CompletableFuture.runAsync(this, task -> new Thread(task, "client").start());
        }

        @Override
        public void run() {
            try (Connection connection = database.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                while (!ended) {
                    int id = ThreadLocalRandom.current().nextInt(1000) + 1;
                    long start = System.nanoTime();
                    statement.execute("UPDATE account SET balance = balance + 1 WHERE id = " + id);
                    statement.execute("SELECT balance FROM account WHERE id = " + id);
                    connection.commit();
                    waits.add((System.nanoTime() - start) / 1_000_000);
                    TimeUnit.MILLISECONDS.sleep(5);
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        void end() {
            ended = true;
            end.orTimeout(1, TimeUnit.MINUTES).join();
        }
    }

    @Test
    void aDeadlockWithLiveTrafficIsTriedAgain() throws Exception {
        database.execute(
                "CREATE TABLE a (id int)",
                "CREATE TABLE b (id int)",
                "INSERT INTO a VALUES (1)",
                "INSERT INTO b VALUES (1)");
        scripts.with("V1__ab.sql", "ALTER TABLE b ADD COLUMN name text;\nALTER TABLE a ADD COLUMN name text;");
        try (Connection client = database.dataSource().getConnection();
                Statement statement = client.createStatement()) {
            statement.execute("SET deadlock_timeout = '1min'");
            client.setAutoCommit(false);
            statement.execute("UPDATE a SET id = 2");
            CompletableFuture<MigrationReport> run = CompletableFuture.supplyAsync(
                    () -> migrator(Duration.ofSeconds(20)).build().migrate());
            awaitWaiting("relation");

            statement.execute("UPDATE b SET id = 2");
            client.commit();

            assertThat(run.get(30, TimeUnit.SECONDS).applied()).hasSize(1);
        }
        assertThat(retries).first().satisfies(retried -> assertThat(retried.reason())
                .startsWith("40P01 deadlock detected"));
        assertThat(database.value("SELECT a.id + b.id FROM a, b")).isEqualTo("4");
        assertThat(history()).contains("1 versioned applied 2/2");
    }

    @Test
    void aSerializationFailureIsTriedAgain() throws Exception {
        database.execute("CREATE TABLE c (n int)", "INSERT INTO c VALUES (1)");
        scripts.with("V1__c.sql", """
                BEGIN ISOLATION LEVEL SERIALIZABLE;
                SELECT n FROM c;
                SELECT pg_advisory_xact_lock(4711);
                UPDATE c SET n = n * 10;
                COMMIT;
                """);
        try (Connection client = database.dataSource().getConnection();
                Statement statement = client.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(4711)");
            CompletableFuture<MigrationReport> run = CompletableFuture.supplyAsync(
                    () -> migrator(Duration.ofSeconds(20)).build().migrate());
            awaitWaiting("advisory");
            statement.execute("UPDATE c SET n = n + 1");
            statement.execute("SELECT pg_advisory_unlock(4711)");

            assertThat(run.get(30, TimeUnit.SECONDS).applied()).hasSize(1);
        }
        assertThat(retries).singleElement().satisfies(retried -> assertThat(retried.reason())
                .startsWith("40001 could not serialize access"));
        assertThat(database.value("SELECT n FROM c")).isEqualTo("20");
    }

    private void awaitWaiting(String lockType) {
        await().until(() -> !database.column("SELECT pid FROM pg_locks WHERE NOT granted AND locktype = '" + lockType
                        + "' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())")
                .isEmpty());
    }
}
