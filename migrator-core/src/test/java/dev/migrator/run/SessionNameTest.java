package dev.migrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.migrator.Migrator;
import dev.migrator.MigratorStatus;
import dev.migrator.migration.JavaMigration;
import dev.migrator.migration.MigrationContext;
import dev.migrator.testing.DatabaseTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** A session that migrates says which script it runs, and where. */
class SessionNameTest extends DatabaseTest {

    private static String name(String script, String application, String host) {
        return SessionName.of(script, application, host).text();
    }

    @Test
    void saysScriptApplicationAndHost() {
        assertThat(name("V12__add_index.sql", "orders", "pod-abc"))
                .isEqualTo("migrator: V12__add_index.sql (orders, pod-abc)");
        assertThat(name("V12__add_index.sql", "", "pod-abc")).isEqualTo("migrator: V12__add_index.sql (pod-abc)");
    }

    @Test
    void theScriptsNameSurvivesWhereThereIsNoRoomForAll() {
        assertThat(name("V12__add_index.sql", "order-management", "orders-7d9f8b6c5d-x2x7p"))
                .isEqualTo("migrator: V12__add_index.sql (orders-7d9f8b6c5d-x2x7p)");
        assertThat(name("V12__add_an_index_to_the_customers_of_orders.sql", "orders", "orders-7d9f8b6c5d-x2x7p"))
                .isEqualTo("migrator: V12__add_an_index_to_the_customers_of_orders.sql");
        assertThat(name("V12__" + "x".repeat(100) + ".sql", "orders", "pod"))
                .startsWith("migrator: V12__xxx")
                .hasSize(63);
    }

    @Test
    void whatIsNotAsciiIsReplacedBeforeTheServerDoesAndMakesItLonger() {
        assertThat(name("V1__größe.sql", "a", "b")).isEqualTo("migrator: V1__gr??e.sql (a, b)");
        String name = name("V1__" + "ü".repeat(80) + ".sql", "a", "b");
        database.execute("SET application_name = '" + name + "'");
        assertThat(name).hasSize(63);
    }

    @Test
    void anInstanceThatWaitsNamesTheScriptThatTheHolderRuns() throws Exception {
        scripts.with("V1__slow_one.sql", "SELECT pg_advisory_xact_lock(42);");
        Migrator waiting = migrator().build();
        CompletableFuture<MigrationReport> first;
        CompletableFuture<MigrationReport> second;
        try (Connection other = database.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(42)");
            first = CompletableFuture.supplyAsync(
                    () -> migrator().application("orders").build().migrate());
            await().until(() -> !database.column("SELECT pid FROM pg_locks WHERE NOT granted")
                    .isEmpty());
            second = CompletableFuture.supplyAsync(waiting::migrate);
            await().until(() -> {
                MigratorStatus.Current current = waiting.snapshot().current();
                return current != null && current.phase() == Phase.WAITING_FOR_LOCK;
            });

            assertThat(waiting.snapshot().current().detail())
                    .startsWith("'migrator: V1__slow_one.sql (")
                    .contains("pid ")
                    .contains("connected since ");
        }
        assertThat(first.orTimeout(1, TimeUnit.MINUTES).join().applied()).hasSize(1);
        assertThat(second.orTimeout(1, TimeUnit.MINUTES).join().applied()).isEmpty();
    }

    @Test
    void eachStepBearsItsOwnName() {
        String insert = "INSERT INTO seen SELECT current_setting('application_name');\n";
        scripts.with("V1__a.sql", "CREATE TABLE seen (name text);\n" + insert)
                .with("V2__b.sql", insert + "VACUUM seen;\n" + insert)
                .with("V4__d.sql", "SET application_name = 'of its own';\n" + insert);
        JavaMigration migration = new JavaMigration() {
            @Override
            public String name() {
                return "V3__c";
            }

            @Override
            public void migrate(MigrationContext context) throws SQLException {
                try (Statement statement = context.connection().createStatement()) {
                    statement.execute(insert);
                }
            }
        };

        migrator().javaMigrations(List.of(migration)).build().migrate();

        assertThat(database.column("SELECT regexp_replace(name, ' \\(.*', '') FROM seen"))
                .containsExactly(
                        "migrator: V1__a.sql",
                        "migrator: V2__b.sql",
                        "migrator: V2__b.sql",
                        "migrator: " + migration.getClass().getName(),
                        "of its own");
    }

    @Test
    void betweenTheStepsTheSessionIsCalledAsItsPoolSaid() {
        PGSimpleDataSource dataSource = (PGSimpleDataSource) database.dataSource();
        dataSource.setApplicationName("the pool's");
        scripts.with("V1__a.sql", "CREATE TABLE seen (name text);\nCOMMIT;\nVACUUM seen;")
                .with("V2__b.sql", "CREATE TABLE b (id int);");
        List<String> names = new ArrayList<>();
        Migrator.builder(dataSource)
                .locations(scripts.location())
                .listener(event -> {
                    if (event instanceof RunEvent.StepFinished finished
                            && finished.script().equals("V2__b.sql")) {
                        names.addAll(
                                database.column(
                                        "SELECT application_name FROM pg_stat_activity WHERE datname ="
                                                + " current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"));
                    }
                })
                .build()
                .migrate();

        assertThat(names).containsExactly("the pool's");
    }
}
