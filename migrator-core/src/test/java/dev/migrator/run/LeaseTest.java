package dev.migrator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.MigratorBuilder;
import dev.migrator.testing.DatabaseTest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The lease without any pooler, by {@code migrator.lock.strategy=table}. */
class LeaseTest extends DatabaseTest {

    private MigratorBuilder leased() {
        return migrator().lockStrategy(LockStrategy.TABLE);
    }

    @Test
    void instancesOfBothStrategiesRunEachScriptOnceOutsideOfTransactionsToo() {
        for (int i = 1; i <= 8; i++) {
            scripts.with("V" + i + "__t.sql", """
                    CREATE TABLE t%1$d (id int);
                    CREATE INDEX CONCURRENTLY ON t%1$d (id);
                    INSERT INTO t%1$d VALUES (1);
                    """.formatted(i));
        }
        List<MigrationReport> reports = IntStream.range(0, 6)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> (i % 2 == 0 ? leased() : migrator()).build().migrate()))
                .toList()
                .stream()
                .map(one -> one.orTimeout(1, TimeUnit.MINUTES).join())
                .toList();

        assertThat(reports.stream().mapToInt(report -> report.applied().size()).sum())
                .isEqualTo(8);
        assertThat(history()).hasSize(8);
    }

    @Test
    void aStatementOutsideOfATransactionIsNotRunWhenTheLeaseWasTakenOver() {
        scripts.with("V1__t.sql", "CREATE TABLE t (id int);")
                .with("V2__i.sql", "CREATE INDEX CONCURRENTLY t_id ON t (id);");

        assertThat(failure(MigrationFailedException.class, leased().listener(event -> {
                    if (event instanceof RunEvent.StepStarted step && "2".equals(step.version())) {
                        database.execute("UPDATE schema_migrations_lock SET token = token + 1 WHERE name = 'fence'");
                    }
                })))
                .hasMessageContaining("The migration lease has run out, and another instance has taken it over");
        assertThat(database.value("SELECT to_regclass('t_id') IS NULL")).isEqualTo("t");
        assertThat(history()).containsExactly("1 versioned applied 1/1");
    }

    @Test
    void aTransactionOfItsOwnKindIsKeptApartByTheAdvisoryLock() throws Exception {
        scripts.with("V1__t.sql", "CREATE TABLE t (id int);");
        leased().build().migrate();
        scripts.with("V2__u.sql", "CREATE TABLE u (id int);");
        try (var other = database.dataSource().getConnection()) {
            dev.migrator.postgres.AdvisoryLock.of("public", "schema_migrations").tryAcquire(other);

            assertThat(failure(LockTimeoutException.class, leased().lockMaxWait(Duration.ofMillis(300))))
                    .hasMessageContaining("it is held by ")
                    .hasMessageContaining("pid ");
        }
    }

    @Test
    void theLockTableIsNobodysTable() {
        scripts.with("V1__t.sql", "CREATE TABLE t (id int);");
        // another instance has made the table, and died before it made the history's
        database.execute(
                "CREATE TABLE schema_migrations_lock (name text PRIMARY KEY, token bigint NOT NULL DEFAULT 0,"
                        + " holder uuid, instance text, script text, since timestamptz, heartbeat_at timestamptz,"
                        + " lease_until timestamptz)",
                "INSERT INTO schema_migrations_lock (name) VALUES ('fence'), ('lease')",
                "UPDATE schema_migrations_lock SET instance = 'gone', lease_until = clock_timestamp() + interval '1 s'"
                        + " WHERE name = 'lease'");
        assertThat(failure(LockTimeoutException.class, leased().lockMaxWait(Duration.ZERO)))
                .hasMessageContaining("gone");

        assertThat(leased().build().migrate().applied()).hasSize(1);
    }

    @Test
    void aLeaseHasToLastASecond() {
        assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                        ConfigurationException.class,
                        () -> leased().lockLease(Duration.ofMillis(10)).build()))
                .hasMessageContaining("migrator.lock.lease) is 10 ms; it has to be a second at least");
    }

    @Test
    void whatAScriptSetsForItsSessionDoesNotHinderTheSignsOfLifeNorTheFence() {
        String role = "owner_" + database.name();
        database.execute("CREATE ROLE " + role, "GRANT CREATE, USAGE ON SCHEMA public TO " + role);
        scripts.with("V1__read_only.sql", "SET default_transaction_read_only = on;")
                .with("V2__t.sql", "CREATE TABLE t (id int);")
                .with("V3__role.sql", """
                        SET ROLE %s;
                        BEGIN;
                        CREATE TABLE u (id int);
                        COMMIT;
                        BEGIN;
                        CREATE TABLE v (id int);
                        COMMIT;
                        CREATE INDEX CONCURRENTLY v_id ON v (id);
                        CREATE TABLE w (id int);
                        """.formatted(role));
        try {
            leased().build().migrate();

            assertThat(database.column("SELECT tableowner FROM pg_tables WHERE tablename IN ('u', 'v', 'w')"))
                    .containsOnly(role)
                    .hasSize(3);
            assertThat(database.value("SELECT tableowner FROM pg_tables WHERE tablename = 't'"))
                    .isEqualTo("postgres");
        } finally {
            database.execute("DROP OWNED BY " + role, "DROP ROLE " + role);
        }
    }

    @Test
    void aTableOfThatNameThatIsNoLockIsSaid() {
        scripts.with("V1__t.sql", "CREATE TABLE t (id int);");
        database.execute("CREATE TABLE schema_migrations_lock (id int)");

        for (MigratorBuilder migrator : List.of(leased(), migrator())) {
            assertThat(failure(ConfigurationException.class, migrator))
                    .hasMessageContaining("The table public.schema_migrations_lock exists and is not Migrator's lock")
                    .hasMessageContaining("migrator.table");
        }
    }

    @Test
    void theNameOfTheLockTableIsCutBetweenCharacters() {
        String name = dev.migrator.postgres.Lease.tableFor("x" + "\uD83D\uDE00".repeat(15));

        assertThat(name).isEqualTo("x" + "\uD83D\uDE00".repeat(14) + "_lock");
    }

    @Test
    void instancesWhoseTransactionsAreSerializableRunEachScriptOnceToo() {
        database.execute("ALTER DATABASE " + database.name() + " SET default_transaction_isolation = 'serializable'");
        for (int i = 1; i <= 6; i++) {
            scripts.with(
                    "V" + i + "__t.sql", "CREATE TABLE t%1$d (id int);\nINSERT INTO t%1$d VALUES (1);".formatted(i));
        }
        List<MigrationReport> reports = IntStream.range(0, 6)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> (i % 3 == 0 ? migrator() : leased().lockLease(Duration.ofSeconds(1)))
                                .build()
                                .migrate()))
                .toList()
                .stream()
                .map(one -> one.orTimeout(1, TimeUnit.MINUTES).join())
                .toList();

        assertThat(reports.stream().mapToInt(report -> report.applied().size()).sum())
                .isEqualTo(6);
        assertThat(history()).hasSize(6);
    }

    @Test
    void aScriptMayChooseTheIsolationOfItsTransaction() {
        scripts.with("V1__t.sql", """
                SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;
                CREATE TABLE t AS SELECT current_setting('transaction_isolation') AS isolation;
                """);

        leased().build().migrate();

        assertThat(database.value("SELECT isolation FROM t")).isEqualTo("serializable");
    }
}
