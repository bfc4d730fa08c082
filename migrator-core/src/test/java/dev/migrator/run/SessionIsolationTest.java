package dev.migrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.migrator.Migrator;
import dev.migrator.testing.DatabaseTest;
import dev.migrator.testing.Requirement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that a script sets reaches the next script, or the application. */
class SessionIsolationTest extends DatabaseTest {

    @Test
    void aScriptsSettingsEndWithIt() {
        scripts.with("V1__dump.sql", """
                SELECT pg_catalog.set_config('search_path', '', false);
                SET statement_timeout = 0;
                SET default_tablespace = '';
                CREATE TABLE public.a (id int);
                """)
                .with("V2__b.sql", "CREATE TABLE b AS SELECT current_setting('search_path') AS path;");

        migrator().build().migrate();

        assertThat(database.value("SELECT path FROM b")).isEqualTo("\"$user\", public");
    }

    @Test
    void aScriptsSettingsEndWithItOutsideOfATransactionToo() {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);\nSET search_path = pg_catalog;\nVACUUM public.a;")
                .with("V2__b.sql", "CREATE TABLE b (id int);\nCREATE INDEX CONCURRENTLY ON b (id);");

        migrator().build().migrate();

        assertThat(database.value("SELECT to_regclass('public.b') IS NOT NULL")).isEqualTo("t");
    }

    @Test
    void aScriptsRoleDoesNotWriteTheHistoryAndEndsWithIt() {
        database.execute("CREATE ROLE clerk_of_" + database.name(), "GRANT CREATE ON SCHEMA public TO PUBLIC");
        scripts.with("V1__a.sql", "SET ROLE clerk_of_" + database.name() + ";\nCREATE TABLE a (id int);")
                .with("V2__b.sql", "CREATE TABLE b (id int);");
        try {
            migrator().build().migrate();

            assertThat(database.column(
                            "SELECT tableowner FROM pg_tables WHERE tablename IN ('a', 'b') ORDER BY tablename"))
                    .containsExactly("clerk_of_" + database.name(), "postgres");
            assertThat(database.column("SELECT DISTINCT installed_by FROM schema_migrations"))
                    .containsExactly("postgres");
        } finally {
            database.execute("DROP OWNED BY clerk_of_" + database.name(), "DROP ROLE clerk_of_" + database.name());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TEMP TABLE t AS SELECT 1 AS id",
                "PREPARE p AS SELECT 1",
                "DECLARE c CURSOR WITH HOLD FOR SELECT 1",
            })
    void whatAScriptMadeInItsSessionIsGoneInTheNext(String statement) {
        scripts.with("V1__a.sql", statement + ";")
                .with("V2__b.sql", statement + ";\nCREATE TABLE b (id int);\nVACUUM b;")
                .with("V3__c.sql", statement + ";");

        migrator().build().migrate();

        assertThat(history())
                .containsExactly("1 versioned applied 1/1", "2 versioned applied 3/3", "3 versioned applied 1/1");
    }

    @Test
    void whatAScriptSetsForTransactionsDoesNotReachTheNextOne() {
        scripts.with("V1__a.sql", "CREATE TABLE a (t text);\nSET default_transaction_isolation = 'serializable';")
                .with(
                        "V2__b.sql",
                        "INSERT INTO a SELECT current_setting('transaction_isolation');"
                                + "SET default_transaction_read_only = on;")
                .with("V3__c.sql", "INSERT INTO a SELECT current_setting('transaction_isolation');")
                .with("V4__d.sql", "VACUUM a;\nSET default_transaction_read_only = on;\nVACUUM a;")
                .with("V5__e.sql", "-- migrator: only-if=env:moon\nSELECT 1;");

        migrator().build().migrate();

        assertThat(database.column("SELECT t FROM a")).containsExactly("read committed", "read committed");
        assertThat(history()).hasSize(5).endsWith("4 versioned applied 3/3", "5 versioned skipped 0/0");
    }

    @Test
    void nobodyWaitsForTheDiskWhileMoreFollowsUnlessTheScriptSaysSo() {
        database.execute("ALTER DATABASE " + database.name() + " SET synchronous_commit = 'on'");
        String note = "INSERT INTO waits SELECT %d, current_setting('synchronous_commit');";
        scripts.with("V1__a.sql", "CREATE TABLE waits (script int, how text);\n" + note.formatted(1))
                .with("V2__b.sql", "SET LOCAL synchronous_commit = 'local';\n" + note.formatted(2))
                .with("V3__c.sql", note.formatted(3) + "\nCREATE TABLE c (id int);\nVACUUM c;")
                .with("V4__d.sql", note.formatted(4));

        migrator().build().migrate();

        assertThat(database.column("SELECT how FROM waits ORDER BY script"))
                .containsExactly("off", "local", "on", "on");
    }

    @Test
    void aScriptsOwnLockTimeoutHoldsToItsEnd() {
        scripts.with("V1__a.sql", """
                        SET lock_timeout = '77ms';
                        CREATE TABLE a (id int);
                        CREATE INDEX CONCURRENTLY ON a (id);
                        CREATE TABLE b AS SELECT current_setting('lock_timeout') AS t;
                        """)
                .with("V2__b.sql", """
                        -- migrator: transaction=none
                        SET lock_timeout = '77ms';
                        INSERT INTO b SELECT current_setting('lock_timeout');
                        """)
                .with("V3__c.sql", "INSERT INTO b SELECT current_setting('lock_timeout');")
                .with("V4__d.sql", """
                        VACUUM a;
                        INSERT INTO b SELECT current_setting('lock_timeout');
                        VACUUM a;
                        INSERT INTO b SELECT current_setting('lock_timeout');
                        """);

        migrator().lockTimeout(Duration.ofMillis(88)).build().migrate();

        assertThat(database.column("SELECT t FROM b")).containsExactly("77ms", "77ms", "88ms", "88ms", "88ms");
    }

    @Test
    void aScriptsOwnLockTimeoutHoldsAgainBehindACheckpoint() {
        String script = "SET lock_timeout = '77ms';\nCREATE TABLE a (t text);\nVACUUM a;\n"
                + "INSERT INTO a SELECT current_setting('lock_timeout') || %s;";
        scripts.with("V1__a.sql", script.formatted("1 / 0"));
        failure(MigrationFailedException.class, migrator());
        scripts.with("V1__a.sql", script.formatted("''"));

        migrator().build().migrate();

        assertThat(database.value("SELECT t FROM a")).isEqualTo("77ms");
    }

    @Test
    void whatThePoolHasSetIsKeptFromScriptToScript() throws SQLException {
        database.execute("CREATE SCHEMA shop");
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);\nSET search_path = public;")
                .with("V2__b.sql", "CREATE TABLE b AS SELECT current_setting('work_mem') AS memory;");
        HikariConfig config = poolOfOne();
        config.setConnectionInitSql("SET search_path = shop; SET work_mem = '7MB'");
        try (HikariDataSource pool = new HikariDataSource(config)) {
            Migrator.builder(pool).locations(scripts.location()).build().migrate();
        }

        assertThat(database.value("SELECT memory FROM shop.b")).isEqualTo("7MB");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "search_path         | tenant-1,public",
                "temp_tablespaces    | pg_default, \"\"",
                "DateStyle           | ISO, DMY",
                "transaction_timeout | 77s",
                "log_statement       | ddl",
            })
    void eachSettingOfThePoolHasTheSameValueInEveryScript(String name, String value) {
        if (name.equals("transaction_timeout")) {
            Requirement.server(17, name);
        }
        String note =
                "CREATE TABLE IF NOT EXISTS public.note (value text);\nINSERT INTO public.note SELECT current_setting('"
                        + name + "');";
        scripts.with("V1__a.sql", note)
                .with("V2__b.sql", note)
                .with("V3__c.sql", note + "\nVACUUM public.note;\n" + note);
        HikariConfig config = poolOfOne();
        config.setConnectionInitSql("SELECT set_config('" + name + "', '" + value + "', false)");

        try (HikariDataSource pool = new HikariDataSource(config)) {
            Migrator.builder(pool).locations(scripts.location()).build().migrate();
        }

        assertThat(database.column("SELECT value FROM note")).hasSize(4).containsOnly(value);
    }

    @Test
    void whatTheRoleWasGrantedToSetIsKeptToo() {
        Requirement.server(15, "GRANT SET ON PARAMETER");
        asClerk(clerk -> {
            database.execute("GRANT SET ON PARAMETER log_statement TO " + clerk);
            HikariConfig config = poolOfOne();
            config.setDataSource(database.dataSource(clerk));
            config.setConnectionInitSql("SET log_statement = 'ddl'");
            try (HikariDataSource pool = new HikariDataSource(config)) {
                Migrator.builder(pool).locations(scripts.location()).build().migrate();
            }
            database.execute("REVOKE SET ON PARAMETER log_statement FROM " + clerk);

            assertThat(database.value("SELECT value FROM b")).isEqualTo("ddl");
        });
    }

    @Test
    void whatTheRoleMayNotSetItselfIsNotSetAgain() {
        Requirement.server(17, "an event trigger on login");
        database.execute("""
                CREATE FUNCTION watch() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
                    PERFORM set_config('log_statement', 'ddl', false);
                END $$
                """, "CREATE EVENT TRIGGER watch ON login EXECUTE FUNCTION watch()");
        asClerk(clerk -> {
            Migrator.builder(database.dataSource(clerk))
                    .locations(scripts.location())
                    .build()
                    .migrate();

            assertThat(history()).containsExactly("1 versioned applied 1/1", "2 versioned applied 1/1");
        });
    }

    /** Two scripts for a role that is no superuser. */
    private void asClerk(Consumer<String> test) {
        String clerk = "clerk_of_" + database.name();
        database.execute("CREATE ROLE " + clerk + " LOGIN", "GRANT CREATE, USAGE ON SCHEMA public TO " + clerk);
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);")
                .with("V2__b.sql", "CREATE TABLE b AS SELECT current_setting('log_statement') AS value;");
        try {
            test.accept(clerk);
        } finally {
            database.execute("DROP OWNED BY " + clerk, "DROP ROLE " + clerk);
        }
    }

    @Test
    void settingsOfOnesOwnThatThePoolHasSetAreKeptFromScriptToScript() throws SQLException {
        String tenant = "SELECT current_setting('app.tenant')";
        scripts.with("V1__a.sql", "CREATE TABLE a (tenant text);\nSET app.tenant = 'other';")
                .with("V2__b.sql", "INSERT INTO a " + tenant + ";\nVACUUM a;\nSET app.tenant = 'other';")
                .with("V3__c.sql", "VACUUM a;\nINSERT INTO a " + tenant + ";")
                .with("V4__d.sql", "INSERT INTO a " + tenant + ";");

        migrateByAPoolThatRuns("SET app.note = 'of ours; or not'; /* for row security */ SET app.tenant = 't42';");

        assertThat(database.column("SELECT tenant FROM a")).containsExactly("t42", "t42", "t42");
    }

    @Test
    void whatThePoolRunsOnANewConnectionRunsAgainAsTheRoleThatItWasRunAs() throws SQLException {
        String clerk = "clerk_of_" + database.name();
        database.execute(
                "CREATE ROLE " + clerk,
                "GRANT CREATE ON SCHEMA public TO PUBLIC",
                "CREATE FUNCTION tenant() RETURNS text LANGUAGE sql AS $$ SELECT 't42' $$",
                "REVOKE EXECUTE ON FUNCTION tenant() FROM PUBLIC");
        String tenant = "CREATE TABLE %s AS SELECT current_setting('app.tenant') || ' ' || current_user AS t;";
        scripts.with("V1__a.sql", tenant.formatted("a")).with("V2__b.sql", tenant.formatted("b"));
        try {
            migrateByAPoolThatRuns("SELECT set_config('app.tenant', tenant(), false); SET ROLE " + clerk);

            assertThat(database.column("SELECT t FROM a UNION ALL SELECT t FROM b"))
                    .containsExactly("t42 " + clerk, "t42 " + clerk);
        } finally {
            database.execute("DROP OWNED BY " + clerk, "DROP ROLE " + clerk);
        }
    }

    @Test
    void whatThePoolRunsOnANewConnectionIsNamedWhereItCannotRunAgain() throws SQLException {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);\nDROP SEQUENCE tenants;")
                .with("V2__b.sql", "SELECT 1;");
        database.execute("CREATE SEQUENCE tenants");

        assertThatThrownBy(() -> migrateByAPoolThatRuns("SELECT nextval('tenants')"))
                .isInstanceOf(MigrationFailedException.class)
                .hasMessageContaining("V2__b.sql")
                .hasMessageContaining("connectionInitSql")
                .hasMessageContaining("relation \"tenants\" does not exist");
    }

    @Test
    void whatThePoolRunsOnANewConnectionIsNamedWhereItCannotBeRead() {
        scripts.with("V1__a.sql", "SELECT 1;");

        assertThat(failure(ConfigurationException.class, migrator().connectionInitSql("SET app.tenant = 't42")))
                .hasMessageContaining("connectionInitSql")
                .hasMessageContaining("is never closed");
        assertThat(database.value("SELECT to_regclass('schema_migrations') IS NULL"))
                .isEqualTo("t");
    }

    @Test
    void theApplicationGetsAConnectionThatRanNoScript() throws SQLException {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);\nSET search_path = pg_catalog;");
        try (HikariDataSource pool = new HikariDataSource(poolOfOne())) {
            int before = pid(pool);

            Migrator.builder(pool).locations(scripts.location()).build().migrate();

            assertThat(pid(pool)).isNotEqualTo(before);
            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
        }
    }

    @Test
    void aRunWithNothingToDoLeavesThePoolAsItWas() throws SQLException {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);");
        migrator().build().migrate();
        try (HikariDataSource pool = new HikariDataSource(poolOfOne())) {
            int before = pid(pool);

            Migrator.builder(pool).locations(scripts.location()).build().migrate();

            assertThat(pid(pool)).isEqualTo(before);
        }
    }

    @Test
    void aPoolWithoutAutocommitIsServedToo() throws SQLException {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);\nCREATE INDEX CONCURRENTLY ON a (id);");
        HikariConfig config = poolOfOne();
        config.setAutoCommit(false);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            Migrator migrator =
                    Migrator.builder(pool).locations(scripts.location()).build();
            migrator.migrate();
            migrator.migrate();
        }

        assertThat(history()).containsExactly("1 versioned applied 2/2");
    }

    @Test
    void theServerIsToldToWatchItsClientInEveryScript() {
        String ask = "CREATE TABLE %s AS SELECT current_setting('client_connection_check_interval') AS watch;";
        scripts.with("V1__a.sql", ask.formatted("a") + "\nSET client_connection_check_interval = 0;")
                .with("V2__b.sql", ask.formatted("b"));

        migrator().build().migrate();

        assertThat(database.column("SELECT watch FROM a UNION ALL SELECT watch FROM b"))
                .containsExactly("1s", "1s");
    }

    private void migrateByAPoolThatRuns(String initSql) throws SQLException {
        HikariConfig config = poolOfOne();
        config.setConnectionInitSql(initSql);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            Migrator.builder(pool)
                    .locations(scripts.location())
                    .connectionInitSql(initSql)
                    .build()
                    .migrate();
        }
    }

    private HikariConfig poolOfOne() {
        HikariConfig config = new HikariConfig();
        config.setDataSource(database.dataSource());
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(5000);
        return config;
    }

    private static int pid(HikariDataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }
}
