package dev.migrator.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.Migrator;
import dev.migrator.spring.test.Postgres;
import java.nio.file.Path;
import org.apache.tomcat.jdbc.pool.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;

class TomcatPoolTests {

    private final String url = Postgres.newDatabase();

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(DataSourceAutoConfiguration.class, MigratorAutoConfiguration.class))
            .withPropertyValues(
                    "migrator.enabled=false",
                    "spring.datasource.url=" + url,
                    "spring.datasource.type=" + DataSource.class.getName(),
                    "spring.datasource.tomcat.initial-size=1",
                    "spring.datasource.tomcat.max-active=1");

    @Test
    void theApplicationGetsALivingConnectionThatRanNoScript() {
        runner.run(context -> {
            DataSource pool = context.getBean(DataSource.class);
            int before = TenantScripts.pid(pool);

            context.getBean(Migrator.class).migrate();

            assertThat(TenantScripts.pid(pool)).isNotEqualTo(before);
        });
    }

    @Test
    void soItDoesWhereThePoolIsInsideOfAnotherDataSource() {
        DataSource pool = new DataSource();
        pool.setDriverClassName("org.postgresql.Driver");
        pool.setUrl(url);
        pool.setInitialSize(1);
        pool.setMaxActive(1);
        try {
            int before = TenantScripts.pid(pool);

            runner.withBean("lazy", javax.sql.DataSource.class, () -> new LazyConnectionDataSourceProxy(pool))
                    .run(context -> context.getBean(Migrator.class).migrate());

            assertThat(TenantScripts.pid(pool)).isNotEqualTo(before);
        } finally {
            pool.close();
        }
    }

    @Test
    void eachScriptFindsWhatThePoolSetsOnItsConnections(@TempDir Path folder) {
        runner.withPropertyValues(
                        "migrator.locations=" + TenantScripts.in(folder),
                        "spring.datasource.tomcat.init-sql=SET app.tenant = 't42'")
                .run(context -> context.getBean(Migrator.class).migrate());

        assertThat(TenantScripts.tenants(url)).isEqualTo("t42 t42");
    }
}
