package dev.migrator.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.migrator.Migrator;
import dev.migrator.spring.test.Postgres;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;

@ExtendWith(OutputCaptureExtension.class)
class HikariPoolTests {

    private final String url = Postgres.newDatabase();

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(DataSourceAutoConfiguration.class, MigratorAutoConfiguration.class))
            .withPropertyValues(
                    "migrator.enabled=false",
                    "spring.datasource.url=" + url,
                    "spring.datasource.hikari.maximum-pool-size=1");

    @Test
    void thePoolGivesUpTheConnectionThatMigratedWithoutAWarning(CapturedOutput output) {
        runner.run(context -> {
            DataSource pool = context.getBean(DataSource.class);
            assertThat(pool).isInstanceOf(HikariDataSource.class);
            int before = TenantScripts.pid(pool);

            context.getBean(Migrator.class).migrate();

            assertThat(TenantScripts.pid(pool)).isNotEqualTo(before);
        });

        assertThat(output).doesNotContain("marked as broken").doesNotContain("WARN");
    }

    /** As libraries that log statements do it: the pool looks the same, and its connections are others. */
    @Test
    void aPoolWhoseConnectionsAreWrappedGivesItUpToo() {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(url);
            pool.setMaximumPoolSize(1);
            ProxyFactory factory = new ProxyFactory(pool);
            factory.setProxyTargetClass(true);
            factory.addAdvice((org.aopalliance.intercept.MethodInterceptor)
                    call -> call.getMethod().getName().equals("getConnection")
                            ? new LazyConnectionDataSourceProxy(pool).getConnection()
                            : call.proceed());
            int before = TenantScripts.pid(pool);

            runner.withBean("wrapped", DataSource.class, () -> (DataSource) factory.getProxy())
                    .run(context -> {
                        assertThat(context.getBean(DataSource.class)).isInstanceOf(HikariDataSource.class);
                        context.getBean(Migrator.class).migrate();
                        assertThat(TenantScripts.pid(pool)).isNotEqualTo(before);
                    });
        }
    }

    @Test
    void eachScriptFindsWhatThePoolSetsOnItsConnections(@TempDir Path folder) {
        runner.withPropertyValues(
                        "migrator.locations=" + TenantScripts.in(folder),
                        "spring.datasource.hikari.connection-init-sql=SET app.tenant = 't42'")
                .run(context -> {
                    HikariDataSource pool = context.getBean(HikariDataSource.class);
                    Migrator migrator = context.getBean(Migrator.class);
                    assertThat(pool.isRunning()).as("asking it starts it").isFalse();

                    migrator.migrate();
                });

        assertThat(TenantScripts.tenants(url)).isEqualTo("t42 t42");
    }

    @Test
    void soItDoesWhereThePoolIsInsideOfAnotherDataSource(@TempDir Path folder) {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(url);
            pool.setConnectionInitSql("SET app.tenant = 't42'");
            runner.withBean("lazy", DataSource.class, () -> new LazyConnectionDataSourceProxy(pool))
                    .withPropertyValues("migrator.locations=" + TenantScripts.in(folder))
                    .run(context -> context.getBean(Migrator.class).migrate());
        }

        assertThat(TenantScripts.tenants(url)).isEqualTo("t42 t42");
    }

    @Test
    void whatItRunsAtFirstFindsTheSchemaThatThePoolHasChosen(@TempDir Path folder) {
        Postgres.execute(
                url,
                "create schema shop",
                "create function shop.set_tenant() returns text language sql"
                        + " as $$ select set_config('app.tenant', 't42', false) $$");
        runner.withPropertyValues(
                        "migrator.locations=" + TenantScripts.in(folder),
                        "spring.datasource.hikari.schema=shop",
                        "spring.datasource.hikari.connection-init-sql=select set_tenant()")
                .run(context -> context.getBean(Migrator.class).migrate());

        assertThat(Postgres.query(url, "select string_agg(tenant, ' ') from shop.tenants"))
                .isEqualTo("t42 t42");
    }

    @Test
    void whatThePoolSetsIsNothingToAConnectionByAnotherUrl(@TempDir Path folder) {
        runner.withPropertyValues(
                        "migrator.url=" + url,
                        "migrator.user=postgres",
                        "migrator.locations=" + TenantScripts.in(folder),
                        "spring.datasource.hikari.connection-init-sql=SET app.tenant = 't42'")
                .run(context -> context.getBean(Migrator.class).migrate());

        assertThat(TenantScripts.tenants(url)).isEqualTo("none none");
    }
}
