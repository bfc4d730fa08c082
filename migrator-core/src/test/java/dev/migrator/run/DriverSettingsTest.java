package dev.migrator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.Migrator;
import dev.migrator.MigratorBuilder;
import dev.migrator.migration.JavaMigration;
import dev.migrator.migration.MigrationContext;
import dev.migrator.testing.DatabaseTest;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Whatever the application's URL says of the driver, a migration does the same. */
class DriverSettingsTest extends DatabaseTest {

    private MigratorBuilder migrator(String parameters) {
        PGSimpleDataSource dataSource = (PGSimpleDataSource) database.dataSource();
        dataSource.setURL(database.url() + "?user=postgres&password=postgres&" + parameters);
        return Migrator.builder(dataSource).locations(scripts.location());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "preferQueryMode=simple",
                "preferQueryMode=extendedForPrepared",
                "preferQueryMode=extendedCacheEverything",
                "autosave=always",
                "autosave=always&cleanupSavepoints=true",
                "autosave=conservative&reWriteBatchedInserts=true&prepareThreshold=0",
                "prepareThreshold=-1&binaryTransfer=false&stringtype=unspecified",
                "readOnly=true&defaultRowFetchSize=10&logServerErrorDetail=false",
            })
    void aScriptIsCutBlamedAndResumedTheSame(String parameters) {
        String inserts = IntStream.range(0, 500)
                .mapToObj(i -> "INSERT INTO t VALUES (" + i + ");\n")
                .collect(Collectors.joining());
        String script = "CREATE TABLE t (id int);\n" + inserts + "VACUUM t;\nBEGIN;\nSELECT %s;\nSELECT 2;\nROLLBACK;\n"
                + inserts;
        scripts.with("V1__t.sql", script.formatted("1 / 0"));

        MigrationFailedException failure = failure(MigrationFailedException.class, migrator(parameters));

        assertThat(failure.failure().where()).isEqualTo("V1__t.sql:504:1");
        assertThat(failure.failure().statement()).isEqualTo(503);
        assertThat(failure.databaseState()).startsWith("statements 1 to 502 of 1004 of V1__t.sql are done and stay.");
        assertThat(history()).containsExactly("1 versioned failed 502/1004");

        scripts.with("V1__t.sql", script.formatted("1"));
        migrator(parameters).build().migrate();
        assertThat(history()).containsExactly("1 versioned failed 502/1004", "1 versioned applied 1004/1004");
        assertThat(database.value("SELECT count(*) FROM t")).isEqualTo("1000");
    }

    @Test
    void theStatementThatFailedIsBlamedAmongQueriesOfTheirOwn() {
        scripts.with("V1__t.sql", "SELECT 1;\nSELECT 1 / 0;\nSELECT 3;\nSELECT 4;");

        assertThat(failure(MigrationFailedException.class, migrator("preferQueryMode=simple"))
                        .failure()
                        .statement())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"preferQueryMode=extended", "preferQueryMode=simple"})
    void theOutputOfACopyIsPassedOverAsRowsAre(String parameters) {
        scripts.with("V1__t.sql", "CREATE TABLE t AS SELECT 1 AS id;\nCOPY t TO STDOUT;\nINSERT INTO t VALUES (2);");

        migrator(parameters).build().migrate();

        assertThat(history()).containsExactly("1 versioned applied 3/3");
        assertThat(migrator(parameters).build().migrate().applied()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"autosave=always", "autosave=always&preferQueryMode=simple"})
    void theDriverSetsNoSavepointsInWhatAScriptDoes(String parameters) {
        scripts.with("V1__t.sql", "CREATE TABLE t (id int);\n" + "INSERT INTO t VALUES (1);\n".repeat(3000))
                .with("V2__t.sql", """
                        SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;
                        INSERT INTO t SELECT 2 WHERE current_setting('transaction_isolation') = 'serializable';
                        """)
                .with("V3__t.sql", """
                        VACUUM t;
                        BEGIN;
                        SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;
                        INSERT INTO t SELECT 3 WHERE current_setting('transaction_isolation') = 'serializable';
                        COMMIT;
                        """);

        migrator(parameters).build().migrate();

        // each savepoint would have written rows of a number of its own
        assertThat(database.column("SELECT id || ' ' || count(DISTINCT xmin::text) FROM t GROUP BY id ORDER BY id"))
                .containsExactly("1 1", "2 1", "3 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT pg_sleep(3);",
                "CREATE TABLE t AS SELECT 1 AS id;\nCREATE INDEX CONCURRENTLY i ON t (sleepy(id));",
                "-- migrator: transaction=none\nSELECT pg_sleep(3);",
            })
    void howLongTheApplicationWaitsForAnAnswerIsNoLimitForAScript(String script) {
        database.execute("CREATE FUNCTION sleepy(id int) RETURNS int IMMUTABLE LANGUAGE sql"
                + " BEGIN ATOMIC SELECT id FROM pg_sleep(3); END");
        scripts.with("V1__t.sql", script);

        assertThat(migrator("socketTimeout=1").build().migrate().applied()).hasSize(1);
    }

    @Test
    void norForAMigrationInJava() {
        MigrationReport report = migrator("socketTimeout=1")
                .javaMigrations(List.of(new V1__Sleep()))
                .build()
                .migrate();

        assertThat(report.applied()).hasSize(1);
    }

    private static final class V1__Sleep implements JavaMigration {

        @Override
        public void migrate(MigrationContext context) throws SQLException {
            try (Statement statement = context.connection().createStatement()) {
                statement.execute("SELECT pg_sleep(3)");
            }
        }
    }
}
