package dev.migrator.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.migrator.run.ConfigurationException;
import dev.migrator.spring.test.Postgres;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/** Another role is to find what the application finds: the same schema, by the same way. */
class MigratingRoleTests {

    private final String url = Postgres.newDatabase();
    private final HikariDataSource pool = pool();
    private final MigratingRole postgres = new MigratingRole("postgres", "any");

    /** One that is not asked for a connection makes none. */
    private HikariDataSource pool() {
        HikariDataSource made = new HikariDataSource();
        made.setJdbcUrl(url);
        made.setUsername("nobody");
        return made;
    }

    @AfterEach
    void close() {
        pool.close();
    }

    private static String ask(DataSource dataSource, String sql) {
        return JdbcClient.create(dataSource).sql(sql).query(String.class).single();
    }

    @ParameterizedTest
    @CsvSource({
        "schema=shop, eager",
        "schema=shop, lazy",
        "data-source-properties.currentSchema=shop, eager",
        "connection-init-sql=set search_path to shop, eager",
        "connection-init-sql=set search_path to shop, lazy"
    })
    void theSchemaOfThePoolIsMigrated(String setting, String fetch) {
        Postgres.execute(url, "create schema shop");

        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(DataSourceAutoConfiguration.class, MigratorAutoConfiguration.class))
                .withPropertyValues(
                        "migrator.run-at=lifecycle",
                        "migrator.user=postgres",
                        "spring.datasource.url=" + url,
                        "spring.datasource.connection-fetch=" + fetch,
                        "spring.datasource.hikari." + setting)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(Postgres.tableExists(url, "shop.books")).isTrue();
                    assertThat(Postgres.tableExists(url, "shop.schema_migrations"))
                            .isTrue();
                    assertThat(Postgres.tableExists(url, "public.books")).isFalse();
                });
    }

    @Test
    void theRoleThatThePoolChoosesIsNotTakenOn() {
        Postgres.execute(url, "create role chosen_by_pool");
        try {
            pool.setConnectionInitSql("set role chosen_by_pool");

            assertThat(ask(postgres.in(pool), "select current_user")).isEqualTo("postgres");
        } finally {
            Postgres.execute(url, "drop role chosen_by_pool");
        }
    }

    @Test
    void aStatementOfThePoolThatFailsIsNamed() {
        pool.setConnectionInitSql("set role nobody_at_all");

        assertThatThrownBy(() -> ask(postgres.in(pool), "select 1"))
                .hasRootCauseInstanceOf(SQLException.class)
                .hasStackTraceContaining("The connection-init-sql of the application's pool failed for this role: ");
    }

    @Test
    void whatThePoolRunsFirstHoldsForEachScript(@TempDir Path folder) {
        String location = TenantScripts.in(folder);

        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(DataSourceAutoConfiguration.class, MigratorAutoConfiguration.class))
                .withPropertyValues(
                        "migrator.run-at=lifecycle",
                        "migrator.user=postgres",
                        "migrator.locations=" + location,
                        "spring.datasource.url=" + url,
                        "spring.datasource.hikari.connection-init-sql=set app.tenant = 't42'")
                .run(context -> assertThat(TenantScripts.tenants(url)).isEqualTo("t42 t42"));
    }

    /** This server does not encrypt, so whoever insists on it gets no connection. */
    @Test
    void thePasswordIsNotSentUnencryptedWhereThePoolEncrypts() {
        pool.addDataSourceProperty("sslmode", "require");

        assertThatThrownBy(postgres.in(pool)::getConnection)
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("does not support SSL");
    }

    @Test
    void thePropertiesOfThePoolDoNotSayWhoMigrates() {
        pool.addDataSourceProperty("user", "nobody");
        pool.addDataSourceProperty("password", "theirs");
        pool.addDataSourceProperty("ApplicationName", "shop");
        pool.addDataSourceProperty("loginTimeout", 7); // a number, as Java code may give it

        DataSource owner = postgres.in(new LazyConnectionDataSourceProxy(pool));

        assertThat(ask(owner, "select current_user")).isEqualTo("postgres");
        assertThat(ask(owner, "select current_setting('application_name')")).isEqualTo("shop");
        assertThat(KnownPassword.of(owner, null)).isEqualTo("any");
        assertThat(pool.getDataSourceProperties()).containsEntry("user", "nobody");
    }

    @Test
    void theFirstStatementOfThePoolRunsOnEachConnection() {
        pool.setSchema("public");
        pool.setConnectionInitSql("set search_path to pg_catalog");

        DataSource owner = postgres.in(pool);

        for (int i = 0; i < 2; i++) {
            assertThat(ask(owner, "show search_path")).isEqualTo("pg_catalog");
        }
    }

    @Test
    void aFirstStatementThatFailsLeavesNoConnectionBehind() {
        pool.addDataSourceProperty("ApplicationName", "failing");
        pool.setConnectionInitSql("select 1 / 0");

        assertThatThrownBy(postgres.in(pool)::getConnection).hasMessageContaining("division by zero");
        await().untilAsserted(() -> assertThat(
                        Postgres.query(url, "select count(*) from pg_stat_activity where application_name = 'failing'"))
                .isEqualTo("0"));
    }

    @Test
    void aDataSourceWithoutAPoolIsFollowedByItsUrl() {
        PGSimpleDataSource driver = new PGSimpleDataSource();
        driver.setUrl(url);
        driver.setUser("nobody");
        driver.setCurrentSchema("pg_catalog");
        DriverManagerDataSource plain = new DriverManagerDataSource(url + "&currentSchema=pg_catalog", "nobody", "any");

        for (DataSource shared : new DataSource[] {driver, new LazyConnectionDataSourceProxy(driver), plain}) {
            assertThat(ask(postgres.in(shared), "select current_user || ' in ' || current_setting('search_path')"))
                    .isEqualTo("postgres in pg_catalog");
        }
    }

    @Test
    void aUrlOfItsOwnHasItsSettingsInItself() {
        DataSource owner = postgres.at(url + "&currentSchema=pg_catalog&user=nobody");

        assertThat(ask(owner, "select current_user")).isEqualTo("postgres");
        assertThat(ask(owner, "show search_path")).isEqualTo("pg_catalog");
    }

    @Test
    void whereTheDatabaseIsNotSaidAUrlIsAskedFor() {
        AbstractRoutingDataSource routing = new AbstractRoutingDataSource() {
            @Override
            protected Object determineCurrentLookupKey() {
                return "one";
            }
        };
        routing.setTargetDataSources(Map.of("one", pool));
        HikariDataSource around = new HikariDataSource();
        around.setDataSource(new PGSimpleDataSource());
        HikariDataSource named = new HikariDataSource();
        named.setJdbcUrl(url);
        named.setDataSourceClassName(PGSimpleDataSource.class.getName());

        for (DataSource unknown : new DataSource[] {routing, around, named}) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .as(unknown.toString())
                    .isThrownBy(() -> postgres.in(unknown))
                    .withMessageContaining("migrator.user")
                    .withMessageContaining("migrator.url");
        }
    }
}
