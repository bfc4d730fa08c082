package dev.migrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.Migrator;
import dev.migrator.testing.DatabaseTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Bad input gets a clear error, and nothing is lost. */
class BadInputTest extends DatabaseTest {

    @Test
    void aScriptThatIsNotUtf8IsRefusedWithItsLine() {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);")
                .with("V2__latin.sql", "SELECT 1;\nSELECT 'gr\u00fcn';".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(failure(ValidationFailedException.class, migrator()))
                .hasMessageContaining("V2__latin.sql:2:")
                .hasMessageContaining("UTF-8");
        assertThat(database.value("SELECT to_regclass('a') IS NULL")).isEqualTo("t");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "-- nothing here\n", ";;\n", "\uFEFF", "/* nothing */"})
    void aScriptWithoutAStatementIsApplied(String text) {
        scripts.with("V1__empty.sql", text);

        migrator().build().migrate();

        assertThat(history()).containsExactly("1 versioned applied 0/0");
    }

    @Test
    void aByteOrderMarkAndWindowsLineEndsAreNoChange() {
        scripts.with("V1__a.sql", "CREATE TABLE a (\n  id int\n);\n");
        migrator().build().migrate();
        scripts.with("V1__a.sql", "\uFEFFCREATE TABLE a (\r\n  id int\r\n);\r\n");

        assertThat(migrator().build().migrate().applied()).isEmpty();
    }

    @Test
    void aByteOrderMarkAndWindowsLineEndsRun() {
        scripts.with("V1__a.sql", "\uFEFFCREATE TABLE a (\r\n  id int\r\n);\r\n\r\nCREATE TABLE b (id int);\r\n");

        migrator().build().migrate();

        assertThat(history()).containsExactly("1 versioned applied 2/2");
    }

    @Test
    void anUnknownDirectiveIsRefusedWithItsLine() {
        scripts.with("V1__a.sql", "-- the first\n-- migrator: transactions=none\nSELECT 1;");

        assertThat(failure(ValidationFailedException.class, migrator()))
                .hasMessageContaining("V1__a.sql:2:")
                .hasMessageContaining("transactions");
    }

    @Test
    void aVersionThatIsNoneIsRefusedAtOnce() {
        assertThatThrownBy(() -> migrator().target("twelve").build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("'twelve' is no version")
                .hasMessageContaining("2026.01.28.1");
    }

    @Test
    void aLocationOfUnknownKindIsRefusedAtOnce() {
        assertThatThrownBy(() -> migrator().locations("s3:bucket").build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("s3:bucket")
                .hasMessageContaining("classpath: or filesystem:");
    }

    @Test
    void anExplicitLocationThatDoesNotExistIsRefused() {
        assertThat(failure(ValidationFailedException.class, migrator().locations("filesystem:" + folder + "/nowhere")))
                .hasMessageContaining("does not exist")
                .hasMessageContaining("migrator.locations");
    }

    @Test
    void aDefaultLocationWithoutMigrationsIsOnlyNoted() {
        MigrationReport report = Migrator.builder(database.dataSource()).build().migrate();

        assertThat(report.notes()).singleElement().asString().contains("No migrations were found");
        assertThat(database.value("SELECT to_regclass('schema_migrations') IS NULL"))
                .isEqualTo("t");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL)",
                "CREATE TABLE schema_migrations (version varchar PRIMARY KEY)",
                "CREATE TABLE schema_migrations (id serial, version varchar, description text, applied_at timestamp)",
            })
    void anotherToolsTableIsLeftAloneAndTheWayOutIsNamed(String table) {
        database.execute(table);
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);");

        assertThat(failure(ConfigurationException.class, migrator()))
                .hasMessageContaining("schema_migrations exists and is not Migrator's")
                .hasMessageContaining("migrator.table");

        migrator()
                .table("migrator_history")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .build()
                .migrate();
        assertThat(database.value("SELECT to_regclass('a') IS NOT NULL")).isEqualTo("t");
    }

    @Test
    void aRoleWithoutCreateOnTheSchemaIsToldWhatItLacks() {
        String role = "reader_of_" + database.name();
        database.execute(
                "CREATE ROLE " + role + " LOGIN PASSWORD '" + role + "'",
                "REVOKE CREATE ON SCHEMA public FROM PUBLIC"); // who has it on PostgreSQL 14
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);");
        try {
            assertThat(failure(
                            ConfigurationException.class,
                            Migrator.builder(database.dataSource(role)).locations(scripts.location())))
                    .hasMessageContaining("permission denied for schema public")
                    .hasMessageContaining("SQLSTATE 42501")
                    .hasMessageContaining("GRANT CREATE ON SCHEMA")
                    .hasMessageContaining("migrator.user");
            assertThat(failure(
                            ConfigurationException.class,
                            Migrator.builder(database.dataSource(role))
                                    .schema("shop")
                                    .locations(scripts.location())))
                    .hasMessageContaining("GRANT CREATE ON DATABASE");
        } finally {
            database.execute("DROP ROLE " + role);
        }
    }

    @Test
    void aReadOnlySessionIsNamedAsSuch() {
        database.execute("ALTER DATABASE " + database.name() + " SET default_transaction_read_only = on");
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);");

        assertThat(failure(ConfigurationException.class, migrator()))
                .hasMessageContaining("can only be read here: the session is read-only")
                .hasMessageContaining("RESET default_transaction_read_only");
    }

    @Test
    void aReadOnlyServerWithNothingPendingIsFine() {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);");
        migrator().build().migrate();
        database.execute("ALTER DATABASE " + database.name() + " SET default_transaction_read_only = on");

        assertThat(migrator().build().migrate().applied()).isEmpty();
    }

    @Test
    void aServerThatIsNotThereIsSaidToBeUnreachableWithoutAnyPassword() {
        PGSimpleDataSource nowhere = new PGSimpleDataSource();
        nowhere.setURL("jdbc:postgresql://127.0.0.1:1/nowhere?password=secret-word");

        assertThat(failure(
                        DatabaseUnreachableException.class,
                        Migrator.builder(nowhere).locations(scripts.location()).connectTimeout(Duration.ZERO)))
                .hasMessageContaining("No connection to the database could be had")
                .hasMessageNotContaining("secret-word")
                .extracting(MigratorException::exitCode)
                .isEqualTo(ExitCode.DATABASE_UNREACHABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "nowhere", "nowhere, pg_temp", "pg_temp, public", "pg_catalog, public"})
    void aSearchPathWithoutASchemaAsksForOne(String path) {
        database.execute("ALTER DATABASE " + database.name() + " SET search_path = " + path);
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);");

        assertThat(failure(ConfigurationException.class, migrator()))
                .hasMessageContaining("none to keep the history in")
                .hasMessageContaining("migrator.schema");
    }

    @Test
    void anotherConnectionsLockIsWaitedForNoLongerThanAllowed() {
        database.execute("CREATE TABLE a (id int)");
        scripts.with("V1__a.sql", "-- migrator: lock-timeout=50ms\nALTER TABLE a ADD COLUMN b int;");
        try (var other = database.dataSource().getConnection();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT * FROM a");

            MigrationFailedException failure = failure(
                    MigrationFailedException.class,
                    migrator().baselineOnMigrate(true).baselineVersion("0").lockTimeout(Duration.ofMinutes(1)));

            assertThat(failure.failure().sqlState()).isEqualTo("55P03");
            assertThat(failure.action())
                    .contains("others held what it needs")
                    .contains("migrator.retry.max-attempts")
                    .doesNotContain("Correct the script");
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
