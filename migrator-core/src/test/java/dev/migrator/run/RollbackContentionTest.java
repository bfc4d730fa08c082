package dev.migrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.migrator.Migrator;
import dev.migrator.MigratorBuilder;
import dev.migrator.plan.Rollback;
import dev.migrator.postgres.AdvisoryLock;
import dev.migrator.testing.DatabaseTest;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A rollback among others: it has the locks, the time limits and the patience of migrate. */
class RollbackContentionTest extends DatabaseTest {

    private static final String NAP = "SELECT pg_sleep(seconds) FROM test.nap;\n";

    @BeforeEach
    void migrate() {
        database.execute("CREATE SCHEMA test", "CREATE TABLE test.nap AS SELECT 300 AS seconds");
        scripts.with("V1__a.sql", "create table a (id int);")
                .with("U1__a.sql", "drop table a;")
                .with("V2__b.sql", "create table b (id int);")
                .with("U2__b.sql", "drop table b;");
        migrator().build().migrate();
    }

    private MigratorBuilder hasty() {
        return migrator().lockTimeout(Duration.ofMillis(100));
    }

    @Test
    void itWaitsForAnInstanceThatMigratesAndGivesUpInTime() throws Exception {
        try (Connection other = database.dataSource().getConnection()) {
            AdvisoryLock.of("public", "schema_migrations").tryAcquire(other);

            LockTimeoutException failure = catchThrowableOfType(
                    LockTimeoutException.class,
                    () -> migrator().lockMaxWait(Duration.ofMillis(300)).build().rollback(Rollback.last()));

            assertThat(failure).hasMessageContaining("it is held by ");
        }
        assertThat(history()).hasSize(2);
    }

    @Test
    void ofTwoAtOnceTheSecondTakesBackNothingThatWasNotShown() {
        Migrator one = migrator().build();
        RollbackPreview shown = one.previewRollback(Rollback.last());
        var both = java.util.stream.Stream.of(one, migrator().build())
                .map(migrator -> CompletableFuture.supplyAsync(() -> {
                    try {
                        return migrator.rollback(shown).rolledBack().size();
                    } catch (ConfigurationException e) {
                        assertThat(e).hasMessageContaining("version 2 was to be rolled back, and now it would be 1");
                        return 0;
                    }
                }))
                .toList();

        assertThat(both.stream()
                        .mapToInt(each -> each.orTimeout(1, TimeUnit.MINUTES).join())
                        .sum())
                .isEqualTo(1);
        assertThat(database.value("SELECT to_regclass('a') IS NOT NULL")).isEqualTo("t");
    }

    @Test
    void itStepsBackFromABusyTableAndTriesAgain() throws Exception {
        AtomicInteger retries = new AtomicInteger();
        try (Connection other = database.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT FROM b");
            Migrator migrator = hasty().retry(50, Duration.ofMillis(20), Duration.ofMillis(50))
                    .listener(event -> {
                        if (event instanceof RunEvent.StepRetried) {
                            retries.incrementAndGet();
                        }
                    })
                    .build();
            CompletableFuture<RollbackReport> rollback =
                    CompletableFuture.supplyAsync(() -> migrator.rollback(Rollback.last()));
            await().until(() -> retries.get() > 0);
            other.commit();

            assertThat(rollback.orTimeout(1, TimeUnit.MINUTES).join().rolledBack())
                    .hasSize(1);
        }
        assertThat(history()).last().isEqualTo("2 rollback applied 1/1");
    }

    @Test
    void whoHoldsWhatItNeedsIsSaidAndWhatToDoNext() throws Exception {
        try (Connection other = database.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT FROM a");

            MigrationFailedException failure = catchThrowableOfType(
                    MigrationFailedException.class, () -> hasty().build().rollback(Rollback.count(2)));

            assertThat(failure.databaseState())
                    .isEqualTo(
                            "the server rolled U1__a.sql back as a whole: version 1 is still applied. Rolled back before"
                                    + " it by this run, and pending again: 2. A rollback --count no longer counts these.");
            assertThat(failure.action())
                    .startsWith("Nothing need be wrong with the rollback: others held what it needs")
                    .contains(", and roll back again when they have finished");
        }
        assertThat(history()).containsSubsequence("2 rollback applied 1/1", "1 rollback failed 0/1");
        assertThat(hasty().build().rollback(Rollback.to("0")).rolledBack()).hasSize(1);
    }

    @Test
    void aCancelledOneSaysWhatIsTakenBackAndNotToSayItAgain() {
        scripts.with("U1__a.sql", NAP + "drop table a;");
        Migrator migrator = migrator().build();
        CompletableFuture<RollbackReport> rollback =
                CompletableFuture.supplyAsync(() -> migrator.rollback(Rollback.count(2)));
        await().until(() -> database.value("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                        + " AND pid <> pg_backend_pid() AND state = 'active' AND query LIKE 'SELECT pg_sleep%'")
                .equals("1"));

        migrator.cancel();

        CompletionException end =
                catchThrowableOfType(CompletionException.class, () -> rollback.orTimeout(1, TimeUnit.MINUTES)
                        .join());
        assertThat(end.getCause()).isInstanceOf(RunCancelledException.class).hasMessage("""
                        The run was cancelled while U1__a.sql:1:1 (statement 1 of 2) ran.

                        Database: the server rolled U1__a.sql back as a whole: version 1 is still applied. Rolled back\
                         before it by this run, and pending again: 2. A rollback --count no longer counts these.
                        Next: See by the status which versions are still applied, and roll back those that are to go, best\
                         with rollback --to; one that was begun goes on where it stopped.""");
        assertThat(database.column("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database ="
                        + " (SELECT oid FROM pg_database WHERE datname = current_database())"))
                .containsExactly("0");
        database.execute("UPDATE test.nap SET seconds = 0");
        assertThat(migrator.rollback(Rollback.to("0")).rolledBack()).hasSize(1);
    }

    @Test
    void aStatementsTimeIsLimitedAsInMigrate() {
        scripts.with("U2__b.sql", "-- migrator: statement-timeout=50ms\n" + NAP);

        MigrationFailedException failure = catchThrowableOfType(
                MigrationFailedException.class, () -> migrator().build().rollback(Rollback.last()));

        assertThat(failure.description()).contains("SQLSTATE 57014");
    }

    @Test
    void theLeaseKeepsItApartWithoutAnAdvisoryLockOfTheSession() {
        Migrator leased = migrator().lockStrategy(LockStrategy.TABLE).build();
        scripts.with("U2__b.sql", "vacuum b;\ndrop table b;");

        assertThat(leased.rollback(Rollback.to("0")).rolledBack()).hasSize(2);
        assertThat(history()).containsSubsequence("2 rollback applied 2/2", "1 rollback applied 1/1");
    }

    @Test
    void aRoleThatMayNotAskWhereTheLogStandsRollsBackToo() {
        String role = "asks_not_" + database.name();
        scripts.with("V3__c.sql", "create table c (id int);").with("U3__c.sql", "drop table c;");
        database.execute(
                "CREATE ROLE " + role + " LOGIN",
                "REVOKE EXECUTE ON FUNCTION pg_current_wal_insert_lsn() FROM PUBLIC",
                "GRANT ALL ON SCHEMA public TO " + role,
                "GRANT ALL ON ALL TABLES IN SCHEMA public TO " + role,
                "GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO " + role);
        try {
            Migrator migrator = Migrator.builder(database.dataSource(role))
                    .locations(scripts.location())
                    .build();
            migrator.migrate();

            assertThat(migrator.rollback(Rollback.last()).rolledBack()).hasSize(1);

            assertThat(database.column("SELECT kind FROM schema_migrations WHERE wal_lsn IS NULL ORDER BY id"))
                    .containsExactly("versioned", "rollback");
        } finally {
            database.execute("DROP OWNED BY " + role + " CASCADE", "DROP ROLE " + role);
        }
    }
}
