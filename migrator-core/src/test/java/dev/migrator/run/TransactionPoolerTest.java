package dev.migrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.migrator.Migrator;
import dev.migrator.MigratorBuilder;
import dev.migrator.migration.JavaMigration;
import dev.migrator.migration.MigrationContext;
import dev.migrator.plan.Problem;
import dev.migrator.testing.DatabaseTest;
import dev.migrator.testing.PgBouncer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Behind a real PgBouncer that lends its backends for a transaction each. */
class TransactionPoolerTest extends DatabaseTest {

    private static PgBouncer pooler;

    @BeforeAll
    static void startPooler() {
        pooler = PgBouncer.start("transaction", 5);
    }

    @AfterAll
    static void stopPooler() {
        if (pooler != null) {
            pooler.close();
        }
    }

    private MigratorBuilder pooled() {
        return pooled(pooler.dataSource(database));
    }

    private MigratorBuilder pooled(DataSource dataSource) {
        return Migrator.builder(dataSource)
                .locations(scripts.location())
                .retry(20, Duration.ofMillis(20), Duration.ofMillis(50));
    }

    /** Other clients, so that the backends change hands all the time. */
    private Runnable traffic(Set<String> seen) {
        AtomicBoolean stopped = new AtomicBoolean();
        List<CompletableFuture<Void>> clients = IntStream.range(0, 3)
                .mapToObj(i -> CompletableFuture.runAsync(() -> {
                    try (Connection connection = pooler.dataSource(database).getConnection();
                            Statement statement = connection.createStatement()) {
                        while (!stopped.get()) {
                            try (ResultSet row =
                                    statement.executeQuery("SELECT concat_ws(' ', current_setting('lock_timeout'),"
                                            + " current_setting('search_path'), current_user, nullif(current_setting('x.y', true), ''),"
                                            + " current_setting('work_mem'), current_setting('TimeZone') = 'Asia/Tokyo',"
                                            + " current_setting('client_connection_check_interval'))")) {
                                row.next();
                                seen.add(row.getString(1));
                            }
                        }
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .toList();
        return () -> {
            stopped.set(true);
            clients.forEach(one -> one.orTimeout(1, TimeUnit.MINUTES).join());
        };
    }

    @Test
    void migratesWithALeaseAmidTheTrafficOfOthersWhoSeeNothingOfIt() {
        database.execute("DROP ROLE IF EXISTS pooler_test", "CREATE ROLE pooler_test");
        for (int i = 1; i <= 20; i++) {
            scripts.with("V" + i + "__t.sql", """
                    SET work_mem = '9MB';
                    SET TimeZone = 'Asia/Tokyo';
                    SET x.y = 'left behind';
                    CREATE TABLE t%d (id int);
                    CREATE TEMP TABLE only_here (id int);
                    SET search_path = pg_catalog;
                    SET ROLE pooler_test;
                    """.formatted(i));
        }
        Set<String> seen = ConcurrentHashMap.newKeySet();
        Runnable stop = traffic(seen);
        MigrationReport report;
        try {
            report = pooled().build().migrate();
        } finally {
            stop.run();
            database.execute("DROP ROLE pooler_test");
        }

        assertThat(report.applied()).hasSize(20);
        assertThat(seen).containsExactly("0 \"$user\", public postgres 4MB f 0");
        assertThat(database.value("SELECT holder IS NULL AND lease_until IS NULL FROM schema_migrations_lock"
                        + " WHERE name = 'lease'"))
                .isEqualTo("t");
        assertNoAdvisoryLock();
    }

    @Test
    void whatThePoolRunsOnANewConnectionIsSetInEachTransactionAndForNobodyElse() {
        String note = "INSERT INTO a SELECT current_setting('x.y');";
        scripts.with("V1__a.sql", "CREATE TABLE a (t text);\n" + note)
                .with("V2__b.sql", "BEGIN;\n" + note + "\nCOMMIT;\n" + note);
        Set<String> seen = ConcurrentHashMap.newKeySet();
        Runnable stop = traffic(seen);
        try {
            pooled().connectionInitSql("SET work_mem = '9MB'; SET x.y = 't42'")
                    .build()
                    .migrate();
        } finally {
            stop.run();
        }

        assertThat(database.column("SELECT t FROM a")).containsExactly("t42", "t42", "t42");
        assertThat(seen).containsExactly("0 \"$user\", public postgres 4MB f 0");
    }

    @Test
    void eachCommitIsWaitedFor() {
        database.execute("ALTER DATABASE " + database.name() + " SET synchronous_commit = 'on'");
        scripts.with("V1__a.sql", "CREATE TABLE a AS SELECT current_setting('synchronous_commit') AS how;")
                .with("V2__b.sql", "CREATE TABLE b (id int);");

        pooled().build().migrate();

        assertThat(database.value("SELECT how FROM a")).isEqualTo("on");
    }

    @Test
    void instancesThatStartTogetherRunEachScriptOnce() {
        for (int i = 1; i <= 10; i++) {
            scripts.with("V" + i + "__t.sql", "CREATE TABLE t" + i + " (id int);");
        }
        List<MigrationReport> reports = IntStream.range(0, 6)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> (i % 2 == 0 ? pooled() : migrator()).build().migrate()))
                .toList()
                .stream()
                .map(one -> one.orTimeout(1, TimeUnit.MINUTES).join())
                .toList();

        assertThat(reports.stream().mapToInt(report -> report.applied().size()).sum())
                .isEqualTo(10);
        assertThat(history()).hasSize(10);
        assertNoAdvisoryLock();
    }

    @Test
    void aScriptOfSeveralTransactionsKeepsItsSettings() {
        scripts.with("V1__t.sql", """
                CREATE SCHEMA app;
                SET search_path = app;
                CREATE TYPE mood AS ENUM ('sad');
                ALTER TYPE mood ADD VALUE 'happy';
                CREATE TABLE t (m mood DEFAULT 'happy');
                """);
        Runnable stop = traffic(ConcurrentHashMap.newKeySet());
        try {
            pooled().build().migrate();
        } finally {
            stop.run();
        }

        assertThat(history()).containsExactly("1 versioned applied 5/5");
        assertThat(database.value("SELECT to_regclass('app.t') IS NOT NULL")).isEqualTo("t");
    }

    @Test
    void callbacksKeepTheirPlacesAndTheirSettings() {
        database.execute(
                "CREATE SCHEMA test",
                "CREATE TABLE test.told (id int GENERATED ALWAYS AS IDENTITY, what text, seen text)");
        String note = "INSERT INTO test.told (what, seen) VALUES ('%s', current_setting('work_mem'));\n";
        scripts.with("beforeMigrate.sql", "SET work_mem = '6MB';\n" + note.formatted("beforeMigrate"))
                .with("beforeEachMigrate.sql", "SET work_mem = '7MB';\n" + note.formatted("before"))
                .with("afterEachMigrate.sql", note.formatted("after"))
                .with("afterMigrate.sql", note.formatted("afterMigrate"))
                .with("V1__a.sql", note.formatted("V1"))
                .with(
                        "V2__b.sql",
                        "CREATE TYPE mood AS ENUM ('sad');\nALTER TYPE mood ADD VALUE 'happy';\nCREATE TABLE t"
                                + " (m mood DEFAULT 'happy');\n" + note.formatted("V2"));
        Runnable stop = traffic(ConcurrentHashMap.newKeySet());
        try {
            pooled().build().migrate();
        } finally {
            stop.run();
        }

        assertThat(database.column("SELECT what || ' ' || seen FROM test.told ORDER BY id"))
                .containsExactly(
                        "beforeMigrate 6MB",
                        "before 7MB",
                        "V1 7MB",
                        "after 7MB",
                        "before 7MB",
                        "V2 7MB",
                        "after 7MB",
                        "afterMigrate 4MB");
        scripts.with("afterMigrate.sql", "VACUUM test.told;").with("V3__c.sql", "SELECT 1;");
        assertThat(failure(ValidationFailedException.class, pooled()).problems())
                .extracting(Problem::kind, Problem::script)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Problem.Kind.NEEDS_SESSION, "afterMigrate.sql"));
    }

    @Test
    void whatNeedsASessionIsRefusedBeforeAnythingRunsWithTheWayOut() {
        scripts.with("V1__t.sql", "CREATE TABLE t (id int);")
                .with("V2__i.sql", "CREATE INDEX CONCURRENTLY t_id ON t (id);")
                .with(
                        "V3__v.sql",
                        "-- migrator: transaction=none\nINSERT INTO t VALUES (1);\nINSERT INTO t VALUES (2);");

        ValidationFailedException failure = failure(ValidationFailedException.class, pooled());

        assertThat(failure.problems())
                .extracting(Problem::kind, Problem::message)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                Problem.Kind.NEEDS_SESSION,
                                "V2__i.sql (statement 1) runs outside of a transaction, which needs a session of its own;"
                                        + " a pooler stands between this instance and the server."),
                        org.assertj.core.groups.Tuple.tuple(
                                Problem.Kind.NEEDS_SESSION,
                                "V3__v.sql (statement 1 to 2) runs outside of a transaction, which needs a session of its"
                                        + " own; a pooler stands between this instance and the server."));
        assertThat(failure)
                .hasMessageContaining("migrator.url")
                .hasMessageContaining("pool_mode=session")
                .hasMessageContaining("nothing was run");
        assertThat(pooled().build().validate())
                .extracting(Problem::kind)
                .containsExactly(Problem.Kind.NEEDS_SESSION, Problem.Kind.NEEDS_SESSION);
        assertThat(database.value("SELECT to_regclass('t') IS NULL")).isEqualTo("t");

        assertThat(migrator().build().migrate().applied()).hasSize(3);
    }

    @Test
    void aStatementThatOnlyTheServerRefusesInATransactionFailsWithTheWayOut() {
        scripts.with("V1__t.sql", "CREATE TABLE t (id int);\nDO $$ BEGIN INSERT INTO t VALUES (1); COMMIT; END $$;");

        assertThat(failure(MigrationFailedException.class, pooled()))
                .hasMessageContaining("V1__t.sql:2:")
                .hasMessageContaining("2D000")
                .hasMessageContaining("which a pooler does not give")
                .hasMessageContaining("migrator.url")
                .hasMessageContaining("rolled V1__t.sql back as a whole");
        assertThat(history()).containsExactly("1 versioned failed 0/2");
    }

    @Test
    void aJavaMigrationRunsInItsTransaction() {
        MigratorBuilder builder = pooled().javaMigrations(List.of(new V1__Books(true), new V2__Many(true)));
        Runnable stop = traffic(ConcurrentHashMap.newKeySet());
        try {
            builder.build().migrate();
        } finally {
            stop.run();
        }

        assertThat(database.value("SELECT count(*) FROM book")).isEqualTo("50");
        assertThat(failure(
                        ValidationFailedException.class,
                        pooled().table("other")
                                .baselineOnMigrate(true)
                                .baselineVersion("0")
                                .javaMigrations(List.of(new V1__Books(false)))))
                .hasMessageContaining("(a migration in Java) runs outside of a transaction");
    }

    private record V1__Books(boolean transactional) implements JavaMigration {

        @Override
        public void migrate(MigrationContext context) throws SQLException {
            try (Statement statement = context.connection().createStatement()) {
                statement.execute("CREATE TABLE book (id int)");
            }
        }
    }

    private record V2__Many(boolean transactional) implements JavaMigration {

        /** Often enough for the driver to give the statement a name, if it were let. */
        @Override
        public void migrate(MigrationContext context) throws SQLException {
            try (var insert = context.connection().prepareStatement("INSERT INTO book VALUES (?)")) {
                for (int i = 0; i < 50; i++) {
                    insert.setInt(1, i);
                    insert.executeUpdate();
                }
            }
        }
    }

    @Test
    void aLeaseOfAnInstanceThatHasDiedIsTakenOverWhenItHasRunOutAndNotBefore() {
        scripts.with("V1__t.sql", "CREATE TABLE t (id int);");
        pooled().build().migrate();
        database.execute(
                "UPDATE schema_migrations_lock SET holder = gen_random_uuid(), instance = 'pod-7, pid 1, shop',"
                        + " script = 'V2__slow.sql', since = now(), lease_until = clock_timestamp() + interval '2 s'"
                        + " WHERE name = 'lease'");
        scripts.with("V2__u.sql", "CREATE TABLE u (id int);");

        assertThat(failure(LockTimeoutException.class, pooled().lockMaxWait(Duration.ofMillis(300))))
                .hasMessageContaining("it is held by pod-7, pid 1, shop, at V2__slow.sql, since ");
        String until = database.value("SELECT lease_until FROM schema_migrations_lock WHERE name = 'lease'");
        pooled().build().migrate();

        assertThat(history()).hasSize(2);
        assertThat(database.value("SELECT started_at >= '" + until + "' FROM schema_migrations WHERE version = '2'"))
                .isEqualTo("t");
    }

    @Test
    void anInstanceWithTheAdvisoryLockWaitsForALeaseToo() {
        scripts.with("V1__t.sql", "CREATE TABLE t (id int);");
        pooled().build().migrate();
        database.execute("UPDATE schema_migrations_lock SET holder = gen_random_uuid(), instance = 'pod-7',"
                + " since = now(), lease_until = clock_timestamp() + interval '1 min' WHERE name = 'lease'");
        scripts.with("V2__u.sql", "CREATE TABLE u (id int);");

        assertThat(failure(LockTimeoutException.class, migrator().lockMaxWait(Duration.ofMillis(300))))
                .hasMessageContaining("it is held by pod-7, since ");
        assertNoAdvisoryLock();
    }

    @Test
    void aZombieCommitsNothingAfterItsLeaseWasTakenOver() {
        scripts.with("V1__t.sql", "CREATE TABLE t (id int);").with("V2__u.sql", "CREATE TABLE u (id int);");

        MigrationFailedException failure = failure(MigrationFailedException.class, pooled().listener(event -> {
            if (event instanceof RunEvent.StepStarted step && "2".equals(step.version())) {
                database.execute("UPDATE schema_migrations_lock SET token = token + 1 WHERE name = 'fence'");
            }
        }));

        assertThat(failure)
                .hasMessageContaining("V2__u.sql")
                .hasMessageContaining("The migration lease has run out, and another instance has taken it over");
        assertThat(database.value("SELECT to_regclass('u') IS NULL")).isEqualTo("t");
        assertThat(history())
                .as("the zombie does not speak of a version that may be another's by now")
                .containsExactly("1 versioned applied 1/1");
    }

    @Test
    void aStepThatOutlivesItsLeaseIsNotTakenOverBeforeItEnds() throws Exception {
        scripts.with("V1__t.sql", "CREATE TABLE t (id int);\nSELECT pg_sleep(2.5);");
        HikariConfig config = new HikariConfig();
        config.setDataSource(pooler.dataSource(database));
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(250);
        // there is no connection by which this lease could be renewed
        HikariDataSource alone = new HikariDataSource(config);
        CompletableFuture<MigrationReport> first = CompletableFuture.supplyAsync(() ->
                        pooled(alone).lockLease(Duration.ofSeconds(1)).build().migrate())
                .whenComplete((report, failure) -> alone.close());
        await().until(() -> !database.column("SELECT pid FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'"
                        + " AND state = 'active' AND datname = current_database()")
                .isEmpty());

        MigrationReport second = pooled().build().migrate();

        assertThat(second.applied()).isEmpty();
        assertThat(first.get().applied()).hasSize(1);
        assertThat(history()).containsExactly("1 versioned applied 2/2");
    }

    @Test
    void theLeaseIsRenewedWhileAStepTakesLong() throws Exception {
        scripts.with("V1__t.sql", "SELECT pg_sleep(2.5);");
        CompletableFuture<MigrationReport> run = CompletableFuture.supplyAsync(
                () -> pooled().lockLease(Duration.ofSeconds(1)).build().migrate());
        await().until(() -> !database.column(
                        "SELECT pid FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%' AND state = 'active'"
                                + " AND datname = current_database()")
                .isEmpty());
        String since = database.value("SELECT since FROM schema_migrations_lock WHERE name = 'lease'");

        await().until(() -> "t"
                .equals(database.value("SELECT heartbeat_at > since + interval '1.5 s'"
                        + " AND lease_until > clock_timestamp() AND since = '" + since
                        + "' AND script = 'V1__t.sql' FROM schema_migrations_lock WHERE name = 'lease'")));
        run.orTimeout(1, TimeUnit.MINUTES).join();
    }

    @Test
    void theNextRunCarriesOnAfterABackendWasLost() {
        scripts.with("V1__t.sql", "CREATE TABLE t (id int);")
                .with("V2__u.sql", "CREATE TABLE u (id int);\nSELECT pg_terminate_backend(pg_backend_pid());");

        assertThat(failure(DatabaseUnreachableException.class, pooled().lockLease(Duration.ofSeconds(1))))
                .hasMessageContaining("V2__u.sql is not recorded as applied: the server rolled it back");
        scripts.with("V2__u.sql", "CREATE TABLE u (id int);");
        pooled().build().migrate();

        assertThat(history()).containsExactly("1 versioned applied 1/1", "2 versioned applied 1/1");
        assertNoAdvisoryLock();
    }

    @Test
    void theLeaseOfARunThatHasLostItsSessionIsGivenBackOverAnother() {
        scripts.with("V1__end.sql", "SELECT pg_terminate_backend(pg_backend_pid());");

        failure(DatabaseUnreachableException.class, pooled().lockLease(Duration.ofMinutes(5)));

        scripts.with("V1__end.sql", "CREATE TABLE t (id int);");
        assertThat(pooled().lockMaxWait(Duration.ofSeconds(5)).build().migrate().applied())
                .hasSize(1);
    }

    @Test
    void whoKeepsAStepWaitingIsNamed() throws Exception {
        scripts.with("V1__t.sql", "CREATE TABLE t (id int);");
        pooled().build().migrate();
        scripts.with("V2__t.sql", "ALTER TABLE t ADD COLUMN name text;");
        List<RunEvent.StepRetried> retries = new CopyOnWriteArrayList<>();
        try (Connection other = database.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            statement.execute("SET application_name = 'the reader'");
            other.setAutoCommit(false);
            statement.execute("SELECT FROM t");

            pooled().lockTimeout(Duration.ofMillis(300))
                    .listener(event -> {
                        if (event instanceof RunEvent.StepRetried retried) {
                            retries.add(retried);
                            rollback(other);
                        }
                    })
                    .build()
                    .migrate();
        }

        assertThat(retries).isNotEmpty();
        assertThat(retries.get(0).blockers()).extracting(Blocker::application).containsExactly("the reader");
    }

    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aBaselineIsRecorded() {
        database.execute("CREATE TABLE old (id int)");

        pooled().baselineVersion("3").build().baseline();

        assertThat(history()).containsExactly("3 baseline applied 0/0");
    }

    @Test
    void theTableIsMadeInASchemaThatDoesNotExistYet() {
        scripts.with("V1__t.sql", "CREATE TABLE t (id int);");

        pooled().schema("of its own").build().migrate();

        assertThat(database.value("SELECT count(*) FROM \"of its own\".t, \"of its own\".schema_migrations_lock"))
                .isEqualTo("0");
        assertThat(database.value("SELECT token FROM \"of its own\".schema_migrations_lock WHERE name = 'fence'"))
                .isEqualTo("1");
    }

    @Test
    void aRoleThatAScriptTookIsTheScriptsAndNotTheFences() {
        String role = "owner_" + database.name();
        database.execute("CREATE ROLE " + role, "GRANT CREATE, USAGE ON SCHEMA public TO " + role);
        scripts.with("V1__role.sql", """
                SET ROLE %s;
                BEGIN;
                CREATE TABLE u (id int);
                COMMIT;
                BEGIN;
                CREATE TABLE v (id int);
                COMMIT;
                """.formatted(role));
        try {
            pooled().build().migrate();

            assertThat(database.column("SELECT tableowner FROM pg_tables WHERE tablename IN ('u', 'v')"))
                    .containsExactly(role, role);
        } finally {
            database.execute("DROP OWNED BY " + role, "DROP ROLE " + role);
        }
    }

    @Test
    void aZombieIsFencedOffByAnInstanceWithTheAdvisoryLockToo() {
        database.execute("CREATE TABLE runs (script text)");
        scripts.with("V1__t.sql", "INSERT INTO runs VALUES ('V1');")
                .with("V2__u.sql", "INSERT INTO runs VALUES ('V2');");
        HikariConfig config = new HikariConfig();
        config.setDataSource(pooler.dataSource(database));
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(250);
        // there is no connection by which this lease could be renewed
        try (HikariDataSource alone = new HikariDataSource(config)) {
            MigrationFailedException failure = failure(
                    MigrationFailedException.class,
                    pooled(alone)
                            .baselineOnMigrate(true)
                            .baselineVersion("0")
                            .lockLease(Duration.ofSeconds(1))
                            .listener(event -> {
                                if (event instanceof RunEvent.StepStarted step && "1".equals(step.version())) {
                                    migrator().build().migrate();
                                }
                            }));

            assertThat(failure)
                    .hasMessageContaining("The migration lease has run out, and another instance has taken it over");
        }
        assertThat(database.column("SELECT script FROM runs ORDER BY 1")).containsExactly("V1", "V2");
        assertNoAdvisoryLock();
    }

    @Test
    void anApplicationsConnectionKeepsItsPreparedStatements() throws SQLException {
        scripts.with("V1__t.sql", "CREATE TABLE t (id int);");
        pooled().build().migrate();
        database.execute("UPDATE schema_migrations_lock SET holder = gen_random_uuid(), instance = 'pod-7',"
                + " since = now(), lease_until = clock_timestamp() + interval '1 min' WHERE name = 'lease'");
        scripts.with("V2__u.sql", "CREATE TABLE u (id int);");
        HikariConfig config = new HikariConfig();
        config.setDataSource(pooler.dataSource(database));
        config.setMaximumPoolSize(1);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            failure(LockTimeoutException.class, pooled(pool).lockMaxWait(Duration.ZERO));

            try (Connection connection = pool.getConnection()) {
                assertThat(connection.unwrap(org.postgresql.PGConnection.class).getPrepareThreshold())
                        .isEqualTo(5);
            }
        }
    }

    @Test
    void theObserverLeavesNoPreparedStatementInThePoolersBackends() throws SQLException {
        scripts.with("V1__t.sql", "SELECT pg_sleep(5);");
        try (PgBouncer two = PgBouncer.start("transaction", 2)) {
            pooled(two.dataSource(database)).build().migrate();

            try (Connection one = two.dataSource(database).getConnection();
                    Connection other = two.dataSource(database).getConnection()) {
                one.setAutoCommit(false);
                assertThat(prepared(one)).isZero();
                assertThat(prepared(other)).isZero();
            }
        }
    }

    private static int prepared(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM pg_prepared_statements")) {
            row.next();
            return row.getInt(1);
        }
    }

    @Test
    void aSessionLockOnABackendThatOthersUseTooIsNotTakenTwice() throws SQLException {
        scripts.with("V1__t.sql", "CREATE TABLE t (id int);");
        try (PgBouncer single = PgBouncer.start("transaction", 1);
                Connection other = single.dataSource(database).getConnection()) {
            assertThat(dev.migrator.postgres.AdvisoryLock.of("public", "schema_migrations")
                            .tryAcquire(other))
                    .isTrue();

            assertThat(failure(
                            LockTimeoutException.class,
                            pooled(single.dataSource(database))
                                    .lockStrategy(LockStrategy.ADVISORY)
                                    .lockMaxWait(Duration.ofMillis(300))))
                    .hasMessageContaining("it is held by ");
        }
        assertThat(database.value("SELECT to_regclass('t') IS NULL")).isEqualTo("t");
    }

    private void assertNoAdvisoryLock() {
        await().untilAsserted(() -> assertThat(
                        database.value("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database ="
                                + " (SELECT oid FROM pg_database WHERE datname = current_database())"))
                .isEqualTo("0"));
    }
}
