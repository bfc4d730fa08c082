package dev.migrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.migrator.MigrationInfo;
import dev.migrator.Migrator;
import dev.migrator.MigratorBuilder;
import dev.migrator.testing.DatabaseTest;
import dev.migrator.testing.Requirement;
import dev.migrator.testing.SeveralServers;
import dev.migrator.testing.TcpProxy;
import dev.migrator.testing.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** What a failure says of the database's state is true, whatever role or session it happened in. */
class RemainsTest extends DatabaseTest {

    private String clerk;

    @BeforeEach
    void makeARole() {
        clerk = "clerk_of_" + database.name();
        database.execute("CREATE ROLE " + clerk, "GRANT CREATE ON SCHEMA public TO PUBLIC");
    }

    @AfterEach
    void dropTheRole() {
        database.execute("DROP OWNED BY " + clerk, "DROP ROLE " + clerk);
    }

    @Test
    void aScriptsRoleDoesNotHideHowFarItCame() {
        scripts.with(
                "V1__a.sql",
                "SET ROLE " + clerk
                        + ";\nCREATE TABLE a (id int);\nCREATE INDEX CONCURRENTLY ON a (id);\nSELECT 1 / 0;");

        assertThat(failure(MigrationFailedException.class, migrator()).databaseState())
                .startsWith("statements 1 to 3 of 4 of V1__a.sql are done and stay.");
        assertThat(history()).containsExactly("1 versioned failed 3/4");
    }

    @Test
    void aScriptsRoleDoesNotHideTheHistoryThatIsShown() {
        scripts.with("V1__a.sql", "SET ROLE " + clerk + ";\nCREATE TABLE a (id int);");
        Migrator migrator = migrator().build();

        migrator.migrate();

        assertThat(migrator.snapshot().migrations())
                .extracting(MigrationInfo::installedBy)
                .containsExactly("postgres");
    }

    @Test
    void aScriptsUserDoesNotWriteTheHistoryAndStaysTheScripts() {
        scripts.with(
                        "V1__a.sql",
                        "SET SESSION AUTHORIZATION " + clerk
                                + ";\nCREATE TABLE a (id int);\nVACUUM a;\nCREATE TABLE b (id int);")
                .with("V2__c.sql", "SET SESSION AUTHORIZATION " + clerk + ";\nCREATE TABLE c (id int);")
                .with("V3__d.sql", "CREATE TABLE d (id int);");

        migrator().build().migrate();

        assertThat(database.column("SELECT tableowner FROM pg_tables WHERE schemaname = 'public' AND tablename < 'e'"
                        + " ORDER BY tablename"))
                .containsExactly(clerk, clerk, clerk, "postgres");
        assertThat(database.column("SELECT DISTINCT installed_by FROM schema_migrations"))
                .containsExactly("postgres");
    }

    @Test
    void aTimeLimitThatEndsTheSessionIsALostConnection() {
        Requirement.server(17, "transaction_timeout");
        scripts.with(
                "V1__a.sql",
                "CREATE TABLE a (id int);\nVACUUM a;\nSET transaction_timeout = '50ms';\n" + "SELECT pg_sleep(5);");

        DatabaseUnreachableException failure = failure(DatabaseUnreachableException.class, migrator());

        assertThat(failure)
                .hasMessageContaining("V1__a.sql:4:1")
                .hasMessageContaining("transaction timeout")
                .hasMessageContaining("not recorded as applied: statements 1 to 2 of 4 of V1__a.sql are done and stay");
    }

    @Test
    void aBlockThatCommittedAPartSaysSo() {
        scripts.with(
                "V1__a.sql",
                "CREATE TABLE a (id int);\nDO $$ BEGIN INSERT INTO a VALUES (1); COMMIT; PERFORM 1 / 0; END $$;");

        assertThat(failure(MigrationFailedException.class, migrator()).databaseState())
                .startsWith("statements 1 to 1 of 2 of V1__a.sql are done and stay."
                        + " Statement 2 may have committed a part of its work before it failed");
    }

    @Test
    void whatRanBeforeIsNotForgottenWhenTheHistoryCannotBeWritten() {
        scripts.with("V2__b.sql", "CREATE TABLE b (id int);\nVACUUM b;\nSELECT 1 / 0;");
        failure(MigrationFailedException.class, migrator());
        database.execute(
                "UPDATE schema_migrations SET state = 'running'",
                "ALTER TABLE schema_migrations ADD CHECK (state <> 'interrupted')");
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);");

        assertThat(failure(ConfigurationException.class, migrator().outOfOrder(true)))
                .hasMessageContaining("The interrupted row of V2__b.sql could not be marked")
                .hasMessageContaining("One migration was applied before it by this run, and stays.");
    }

    @Test
    void anErrorThatOnlyTheDriverHasDoesNotMakeAnAppliedMigrationAFailedOne() throws SQLException {
        PGSimpleDataSource small = (PGSimpleDataSource) database.dataSource();
        small.setMaxResultBuffer("1000");
        scripts.with("V1__a.sql", "CREATE TABLE a AS SELECT repeat('x', 100) FROM generate_series(1, 100);\nTABLE a;");

        MigratorBuilder migrator = Migrator.builder(small).locations(scripts.location());
        assertThat(failure(MigratorException.class, migrator))
                .hasMessageContaining("maxResultBuffer")
                .hasMessageContaining("recorded as applied");

        assertThat(history()).containsExactly("1 versioned applied 2/2");
        assertThat(migrator().build().migrate().applied()).isEmpty();
    }

    @Test
    void aLostSessionThatLivesOnIsNotSaidToBeRolledBack() throws Exception {
        // as on a server that cannot watch its client
        String unwatched = "SET LOCAL client_connection_check_interval = 0;\n";
        scripts.with("V1__a.sql", unwatched + "CREATE TABLE a (id int);\nSELECT pg_sleep(6);");
        TcpProxy proxy = new TcpProxy(TestDatabase.port()).listen();
        try {
            PGSimpleDataSource line = (PGSimpleDataSource) database.dataSource();
            line.setPortNumbers(new int[] {proxy.port()});
            MigratorBuilder migrator = Migrator.builder(
                            SeveralServers.by(number -> number == 0 ? line : database.dataSource()))
                    .locations(scripts.location());
            CompletableFuture<DatabaseUnreachableException> run =
                    CompletableFuture.supplyAsync(() -> failure(DatabaseUnreachableException.class, migrator));
            await().until(() -> database.value("SELECT count(*) FROM pg_stat_activity"
                            + " WHERE datname = current_database() AND wait_event = 'PgSleep'")
                    .equals("1"));

            proxy.close();

            assertThat(run.get(1, TimeUnit.MINUTES))
                    .hasMessageContaining("V1__a.sql is not recorded as applied so far")
                    .hasMessageContaining("may yet commit it");
        } finally {
            proxy.close();
        }
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(history()).containsExactly("1 versioned applied 3/3"));
    }
}
