package dev.migrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.migrator.Migrator;
import dev.migrator.MigratorBuilder;
import dev.migrator.MigratorStatus;
import dev.migrator.testing.DatabaseTest;
import dev.migrator.testing.TcpProxy;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A run waits a while for a database that is not there yet, and only for one that may still come. */
class ConnectingTest extends DatabaseTest {

    private final TcpProxy proxy = new TcpProxy(TestDatabase.port());

    @BeforeEach
    void makeAScript() {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);");
    }

    @AfterEach
    void closeTheProxy() {
        proxy.close();
    }

    private PGSimpleDataSource direct(int port) {
        PGSimpleDataSource dataSource = (PGSimpleDataSource) database.dataSource();
        dataSource.setPortNumbers(new int[] {port});
        return dataSource;
    }

    /** As Spring Boot makes it: the pool is begun by the first connection. */
    private static HikariDataSource pool(DataSource behind, int size) {
        HikariDataSource pool = new HikariDataSource();
        pool.setDataSource(behind);
        pool.setMaximumPoolSize(size);
        pool.setConnectionTimeout(1000);
        return pool;
    }

    private MigratorBuilder migrator(DataSource dataSource) {
        return Migrator.builder(dataSource).locations(scripts.location());
    }

    private static void awaitConnecting(Migrator migrator, String reason) {
        await().until(() -> {
            MigratorStatus.Current current = migrator.snapshot().current();
            return current != null
                    && current.phase() == Phase.CONNECTING
                    && String.valueOf(current.detail()).contains(reason);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aServerThatComesLaterIsWaitedFor(boolean pooled) {
        DataSource behind = direct(proxy.port());
        HikariDataSource pool = pool(behind, 2);
        Migrator migrator = migrator(pooled ? pool : behind).build();
        CompletableFuture<MigrationReport> run = CompletableFuture.supplyAsync(migrator::migrate);
        awaitConnecting(migrator, "refused");

        proxy.listen();

        assertThat(run.orTimeout(1, TimeUnit.MINUTES).join().applied()).hasSize(1);
        pool.close();
    }

    @Test
    void aPoolThatHasLostItsServerWaitsForTheNextOne() {
        proxy.listen();
        HikariDataSource pool = pool(direct(proxy.port()), 1);
        migrator(pool).build().migrate();
        proxy.close();
        // it may have a new connection already, which it would hand out for half a second without asking whether it
        // lives
        pool.getHikariPoolMXBean().softEvictConnections();
        scripts.with("V2__b.sql", "CREATE TABLE b (id int);");
        Migrator migrator = migrator(pool).build();
        CompletableFuture<MigrationReport> run = CompletableFuture.supplyAsync(migrator::migrate);
        awaitConnecting(migrator, "");

        try (TcpProxy next = proxy.again()) {
            assertThat(next.port()).isEqualTo(proxy.port());
            assertThat(run.orTimeout(1, TimeUnit.MINUTES).join().applied()).hasSize(1);
        }
        pool.close();
    }

    @Test
    void saysForHowLongItHasTriedInVain() {
        DatabaseUnreachableException failure = failure(
                DatabaseUnreachableException.class,
                migrator(direct(proxy.port())).connectTimeout(Duration.ofSeconds(3)));

        assertThat(failure)
                .hasMessageMatching(
                        "(?s).*No connection to the database could be had in \\d+ s of trying: Connection to.*")
                .hasMessageContaining("refused")
                .hasMessageContaining("Database: nothing was run; it is as it was.")
                .hasMessageContaining("try for longer, with migrator.connect.timeout");
    }

    @Test
    void withoutATimeThereIsOneAttempt() {
        long start = System.nanoTime();

        assertThat(failure(
                        DatabaseUnreachableException.class,
                        migrator(direct(proxy.port())).connectTimeout(Duration.ZERO)))
                .hasMessageContaining("No connection to the database could be had: Connection to")
                .message()
                .doesNotContain("migrator.connect.timeout");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @CsvSource({
        "nobody, postgres, false, role",
        "nobody, postgres, true, role",
        "postgres, nowhere, false, does not exist",
        "postgres, nowhere, true, does not exist"
    })
    void whatWillNotPassByItselfIsSaidAtOnce(String user, String name, boolean pooled, String reason) {
        PGSimpleDataSource wrong = direct(TestDatabase.port());
        wrong.setUser(user);
        wrong.setPassword("hunter2");
        wrong.setDatabaseName(name);
        HikariDataSource pool = pool(wrong, 1);
        long start = System.nanoTime();

        DatabaseUnreachableException failure =
                failure(DatabaseUnreachableException.class, migrator(pooled ? pool : wrong));

        assertThat(failure).hasMessageContaining(reason).message().doesNotContain("hunter2", "of trying");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        pool.close();
    }

    @ParameterizedTest
    @CsvSource({
        "08001, true", "08006, true", "57P03, true", "57P01, true", "53300, true",
        "08004, false", "28P01, false", "28000, false", "3D000, false", "42501, false"
    })
    void whetherItMayPassIsReadFromAllCauses(String sqlState, boolean passes) {
        SQLException fromDriver = new SQLException("no", sqlState);

        assertThat(Connecting.mayPass(fromDriver)).isEqualTo(passes);
        assertThat(Connecting.mayPass(new IllegalStateException("pool", fromDriver)))
                .isEqualTo(passes);
        assertThat(Connecting.mayPass(new SQLException("not available, request timed out", "08001", fromDriver)))
                .isEqualTo(passes || sqlState.equals("08004"));
        assertThat(Connecting.mayPass(new SQLException("not available, request timed out")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theWaitCanBeCancelled(boolean pooled) {
        DataSource behind = direct(proxy.port());
        HikariDataSource pool = pool(behind, 2);
        Migrator migrator = migrator(pooled ? pool : behind).build();
        CompletableFuture<MigrationReport> run = CompletableFuture.supplyAsync(migrator::migrate);
        awaitConnecting(migrator, "refused");
        long start = System.nanoTime();

        migrator.cancel();

        assertThat(catchThrowableOfType(CompletionException.class, () -> run.orTimeout(1, TimeUnit.MINUTES)
                                .join())
                        .getCause())
                .isInstanceOf(RunCancelledException.class)
                .hasMessageContaining("The run was cancelled while it was connecting.")
                .hasMessageContaining("nothing was run; it is as it was.");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        pool.close();
    }

    @Test
    void aPoolOfOneConnectionIsEnough() {
        scripts.with(
                "V2__b.sql", "CREATE TABLE b (id int);\nSELECT pg_sleep(4);\nCREATE INDEX CONCURRENTLY ON b (id);");
        try (HikariDataSource pool = pool(database.dataSource(), 1)) {
            assertThat(migrator(pool).build().migrate().applied()).hasSize(2);
            assertThat(migrator(pool).build().migrate().applied()).isEmpty();
        }
    }

    @Test
    void aPoolOfOneConnectionIsEnoughToSayWhatBecameOfALostOne() {
        scripts.with("V2__end.sql", "CREATE TABLE b (id int);\nSELECT pg_terminate_backend(pg_backend_pid());");
        try (HikariDataSource pool = pool(database.dataSource(), 1)) {
            assertThat(failure(DatabaseUnreachableException.class, migrator(pool)))
                    .hasMessageContaining("V2__end.sql is not recorded as applied: the server rolled it back.");
        }
    }

    @Test
    void aRoleThatTheConnectionTakesOwnsEverything() {
        String owner = "owner_of_" + database.name();
        String clerk = "clerk_of_" + database.name();
        database.execute(
                "CREATE ROLE " + owner,
                "CREATE ROLE " + clerk + " LOGIN PASSWORD '" + clerk + "' IN ROLE " + owner,
                "GRANT CREATE ON SCHEMA public TO " + owner);
        HikariConfig config = new HikariConfig();
        config.setDataSource(database.dataSource(clerk));
        config.setConnectionInitSql("SET ROLE " + owner);
        scripts.with("V2__b.sql", "CREATE TABLE b (id int);\nCREATE INDEX CONCURRENTLY ON b (id);\nRESET ROLE;")
                .with("V3__c.sql", "CREATE TABLE c (id int);");
        try (HikariDataSource pool = new HikariDataSource(config)) {
            migrator(pool).build().migrate();
            assertThat(migrator(pool).build().migrate().applied()).isEmpty();
        }

        assertThat(database.column("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"))
                .containsExactly(owner);
        database.execute("DROP OWNED BY " + owner, "DROP ROLE " + clerk, "DROP ROLE " + owner);
    }

    @Test
    void aServerWithoutWhatTheUrlRequiresIsNotWaitedFor() {
        PGSimpleDataSource dataSource = direct(TestDatabase.port());
        dataSource.setSslMode("require");

        assertThat(failure(DatabaseUnreachableException.class, migrator(dataSource)))
                .hasMessageContaining("The server does not support SSL")
                .message()
                .doesNotContain("of trying");
    }

    @Test
    void aPortThatIsTakenByNothingOfPostgresIsTriedUntilTheTimeIsOver() throws IOException {
        try (ServerSocket other = new ServerSocket(0)) {
            PGSimpleDataSource dataSource = direct(other.getLocalPort());
            dataSource.setSocketTimeout(1);

            assertThat(failure(
                            DatabaseUnreachableException.class,
                            migrator(dataSource).connectTimeout(Duration.ofMillis(1500))))
                    .hasMessageContaining("of trying");
        }
    }
}
