package dev.migrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.migrator.Migrator;
import dev.migrator.testing.DatabaseTest;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** A connection that goes back into the application's pool is as it was: without a lock, a transaction, a setting. */
class LeftInThePoolTest extends DatabaseTest {

    private static final String LOCK_TABLE = "CREATE TABLE schema_migrations_lock (name text PRIMARY KEY,"
            + " token bigint NOT NULL DEFAULT 0, holder uuid, instance text, script text, since timestamptz,"
            + " heartbeat_at timestamptz, lease_until timestamptz)";

    private static final String ROWS = "INSERT INTO schema_migrations_lock (name) VALUES ('lease'), ('fence')";

    private final String role = "plain_" + database.name();

    @BeforeEach
    void makeTheRole() {
        scripts.with("V1__t.sql", "CREATE TABLE t (id int);");
        database.execute("CREATE ROLE " + role + " LOGIN", "GRANT CREATE, USAGE ON SCHEMA public TO " + role);
    }

    @AfterEach
    void dropTheRole() {
        database.execute("DROP OWNED BY " + role, "DROP ROLE " + role);
    }

    private HikariDataSource poolOfOne(DataSource dataSource) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(dataSource);
        config.setMaximumPoolSize(1);
        return new HikariDataSource(config);
    }

    private Migrator migrator(DataSource pool, LockStrategy strategy) {
        return Migrator.builder(pool)
                .locations(scripts.location())
                .lockStrategy(strategy)
                .build();
    }

    private void assertNoAdvisoryLock() {
        assertThat(database.value("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database ="
                        + " (SELECT oid FROM pg_database WHERE datname = current_database())"))
                .isEqualTo("0");
    }

    private static String ask(DataSource pool, String question) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void aLockTableThatMayNotBeReadLeavesNoLockBehind() {
        database.execute(LOCK_TABLE, ROWS);
        try (HikariDataSource pool = poolOfOne(database.dataSource(role))) {
            assertThat(catchThrowableOfType(ConfigurationException.class, () -> migrator(pool, LockStrategy.ADVISORY)
                            .migrate()))
                    .hasMessageContaining("permission denied for table schema_migrations_lock")
                    .hasMessageContaining("GRANT SELECT, INSERT, UPDATE ON");

            assertNoAdvisoryLock();
        }
    }

    @Test
    void aLeaseThatMayNotBeTakenLeavesNeitherALockNorATransactionBehind() throws SQLException {
        database.execute(LOCK_TABLE, ROWS, "GRANT SELECT ON schema_migrations_lock TO " + role);
        try (HikariDataSource pool = poolOfOne(database.dataSource(role))) {
            assertThat(catchThrowableOfType(ConfigurationException.class, () -> migrator(pool, LockStrategy.TABLE)
                            .migrate()))
                    .hasMessageContaining("permission denied for table schema_migrations_lock");

            assertNoAdvisoryLock();
            assertThat(ask(pool, "SELECT 'usable'")).isEqualTo("usable");
        }
    }

    @Test
    void aLeaseThatWasTakenIsGivenBackWhenItCannotBeReadAgain() {
        database.execute(
                LOCK_TABLE.replace("schema_migrations_lock", "inner_lock"),
                ROWS.replace("schema_migrations_lock", "inner_lock"),
                "CREATE SEQUENCE looks",
                """
                CREATE FUNCTION look(holder uuid) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN
                    IF holder IS NOT NULL AND nextval('looks') = 1 THEN RAISE 'not now'; END IF;
                    RETURN true;
                END $$
                """,
                "CREATE VIEW schema_migrations_lock AS SELECT * FROM inner_lock WHERE look(holder)");
        try (HikariDataSource pool = poolOfOne(database.dataSource())) {
            assertThat(catchThrowableOfType(ConfigurationException.class, () -> migrator(pool, LockStrategy.TABLE)
                            .migrate()))
                    .hasMessageContaining("not now");

            assertThat(database.column("SELECT instance FROM inner_lock WHERE instance IS NOT NULL"))
                    .as("it was taken")
                    .hasSize(1);
            assertThat(database.column("SELECT instance FROM inner_lock WHERE lease_until > clock_timestamp()"))
                    .isEmpty();
            assertNoAdvisoryLock();
        }
    }

    @Test
    void aRefusedRepairLeavesNoSettingBehind() throws SQLException {
        migrator().build().migrate();
        try (HikariDataSource pool = poolOfOne(database.dataSource())) {
            Migrator migrator = migrator(pool, LockStrategy.ADVISORY);
            assertThat(catchThrowableOfType(MigratorException.class, () -> migrator.repair(Repair.markApplied())))
                    .isNotNull();

            assertThat(ask(pool, "SHOW client_connection_check_interval")).isEqualTo("0");
        }
    }

    @Test
    void aStartWithNothingToDoLeavesHowLongTheApplicationWaitsForAnAnswer() throws SQLException {
        migrator().build().migrate();
        PGSimpleDataSource patient = (PGSimpleDataSource) database.dataSource();
        patient.setSocketTimeout(7);
        CarelessPool pool = new CarelessPool();

        migrator(pool.over(patient), LockStrategy.ADVISORY).migrate();

        try (Connection connection = pool.kept.get(0)) {
            assertThat(connection.getNetworkTimeout()).isEqualTo(7000);
        }
    }

    /** A pool that does not look at what it is given back, as many do not; here nothing is used twice. */
    private static final class CarelessPool {

        private final List<Connection> kept = new CopyOnWriteArrayList<>();

        DataSource over(DataSource physical) {
            return (DataSource) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (self, method, arguments) -> {
                        Connection connection = physical.getConnection();
                        connection.setAutoCommit(false);
                        kept.add(connection);
                        return Proxy.newProxyInstance(
                                getClass().getClassLoader(),
                                new Class<?>[] {Connection.class},
                                (proxy, called, values) ->
                                        called.getName().equals("close") ? null : called.invoke(connection, values));
                    });
        }
    }

    @Test
    void theConnectionsBesideTheMigratingOneAreGivenBackAsTheyWere() throws SQLException {
        scripts.with("V1__t.sql", "SELECT pg_sleep(2);");
        CarelessPool pool = new CarelessPool();

        Migrator.builder(pool.over(database.dataSource()))
                .locations(scripts.location())
                .lockStrategy(LockStrategy.TABLE)
                .lockLease(Duration.ofSeconds(1))
                .build()
                .migrate();

        org.awaitility.Awaitility.await().untilAsserted(() -> {
            int open = 0;
            for (Connection connection : pool.kept) {
                if (!connection.isClosed()) {
                    open++;
                    assertThat(connection.getAutoCommit()).isFalse();
                    assertThat(connection.getNetworkTimeout()).isZero();
                }
            }
            assertThat(open).as("an observer and a heartbeat").isEqualTo(2);
            assertThat(database.column("SELECT query FROM pg_stat_activity WHERE datname = current_database()"
                            + " AND state LIKE 'idle in transaction%'"))
                    .isEmpty();
        });
        for (Connection connection : pool.kept) {
            connection.close();
        }
    }
}
