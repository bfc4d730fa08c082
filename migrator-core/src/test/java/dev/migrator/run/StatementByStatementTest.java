package dev.migrator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.testing.DatabaseTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A script that wants no transaction runs as psql runs it, each statement together with its checkpoint. */
class StatementByStatementTest extends DatabaseTest {

    private static final String HEAD = "-- migrator: transaction=none\n";

    @Test
    void aStatementAndItsCheckpointAreOneTransaction() {
        scripts.with(
                "V1__a.sql", HEAD + "CREATE TABLE a (id int);\nINSERT INTO a VALUES (1);\nCREATE TABLE b (id int);");

        migrator().build().migrate();

        assertThat(database.value(
                        "SELECT (SELECT xmin FROM a) = (SELECT xmin FROM pg_class WHERE oid = 'a'::regclass)"))
                .isEqualTo("f");
        assertThat(database.value("SELECT (details - 'restore_point')::text FROM schema_migrations"))
                .as("nothing ran outside")
                .isEqualTo("{}");
        assertThat(history()).containsExactly("1 versioned applied 3/3");
    }

    @Test
    void whatItSetsLastsBeyondTheStatement() {
        scripts.with("V1__a.sql", HEAD + """
                CREATE SCHEMA shop;
                SET search_path = shop;
                SELECT set_config('my.word', 'said', false);
                CREATE TEMP TABLE t (id int);
                PREPARE p AS INSERT INTO t VALUES (1);
                EXECUTE p;
                CREATE TABLE a AS SELECT current_setting('my.word') AS word, (SELECT count(*) FROM t) AS rows;
                """);

        migrator().build().migrate();

        assertThat(database.value("SELECT word || rows FROM shop.a")).isEqualTo("said1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET ROLE pg_monitor;",
                "SET SESSION AUTHORIZATION pg_monitor;",
                "SET ROLE pg_database_owner; RESET ROLE; SET ROLE pg_monitor;",
                "SET SESSION AUTHORIZATION pg_database_owner; SET SESSION AUTHORIZATION DEFAULT; SET ROLE pg_monitor;",
                "BEGIN; SET ROLE pg_monitor; COMMIT;",
            })
    void theRoleThatItTakesLastsBeyondTheStatementAndItsCheckpoint(String setRole) {
        String check = "DO $$ BEGIN ASSERT current_user = 'pg_monitor', current_user; END $$;\n";
        scripts.with("V1__a.sql", HEAD + setRole + check + "SELECT 1;\n" + check)
                .with("V2__a.sql", setRole + check + "VACUUM pg_class;\n" + check + "VACUUM pg_class;" + check);

        migrator().build().migrate();

        assertThat(history()).hasSize(2).allSatisfy(row -> assertThat(row).contains("applied"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET TRANSACTION READ ONLY",
                "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE",
                "SET default_transaction_read_only = on",
                "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
                "SET LOCAL search_path = nowhere",
                "LOCK TABLE a",
                "COMMIT",
                "SET ROLE pg_monitor",
            })
    void whatMeansSomethingInATransactionOnlyIsNoWorseThanInPsql(String statement) {
        scripts.with("V1__a.sql", HEAD + "CREATE TABLE a (id int);\n" + statement + ";\nSELECT 1;");

        migrator().build().migrate();

        assertThat(history()).singleElement().asString().startsWith("1 versioned applied");
    }

    @Test
    void aBlockThatCommitsAndAPartitionedIndexRunOutside() {
        scripts.with("V1__a.sql", HEAD + """
                CREATE TABLE t (id int PRIMARY KEY) PARTITION BY RANGE (id);
                CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
                DO $$ BEGIN INSERT INTO t VALUES (1); COMMIT; INSERT INTO t VALUES (2); END $$;
                REINDEX TABLE t;
                """);

        migrator().build().migrate();

        assertThat(database.value("SELECT count(*) FROM t")).isEqualTo("2");
        assertThat(database.value("SELECT details ->> 'begun' FROM schema_migrations"))
                .isEqualTo("4");
    }

    @Test
    void aConstraintThatIsCheckedAtTheEndOfTheStatementIsItsFailure() {
        scripts.with("V1__a.sql", HEAD + """
                CREATE TABLE a (id int PRIMARY KEY);
                CREATE TABLE b (id int REFERENCES a DEFERRABLE INITIALLY DEFERRED);
                INSERT INTO b VALUES (7);
                """);

        MigrationFailedException failure = failure(MigrationFailedException.class, migrator());

        assertThat(failure.failure().sqlState()).isEqualTo("23503");
        assertThat(failure.failure().where()).isEqualTo("V1__a.sql:4:1");
        assertThat(history()).containsExactly("1 versioned failed 2/3");
    }

    @Test
    void aCopyThatMeetsALockIsSentAgainWithAllOfItsData() throws SQLException {
        database.execute("CREATE TABLE a (id int)");
        scripts.with("V1__a.sql", HEAD + "SELECT 1;\nCOPY a FROM STDIN;\n1\n2\n\\.\nSELECT 3;");
        AtomicBoolean retried = new AtomicBoolean();
        try (Connection other = database.dataSource().getConnection()) {
            other.setAutoCommit(false);
            other.createStatement().execute("LOCK TABLE a");

            migrator()
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .lockTimeout(Duration.ofMillis(50))
                    .listener(event -> {
                        if (event instanceof RunEvent.StepRetried) {
                            retried.set(true);
                            end(other);
                        }
                    })
                    .build()
                    .migrate();
        }

        assertThat(retried).isTrue();
        assertThat(database.value("SELECT count(*) FROM a")).isEqualTo("2");
        assertThat(history()).last().isEqualTo("1 versioned applied 3/3");
    }

    private static void end(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
