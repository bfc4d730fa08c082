package dev.migrator.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.migrator.Migrator;
import dev.migrator.spring.test.Postgres;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

@ExtendWith(OutputCaptureExtension.class)
class HikariEvictionTests {

    @Test
    void thePoolGivesUpTheConnectionThatMigratedWithoutAWarning(CapturedOutput output) {
        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(DataSourceAutoConfiguration.class, MigratorAutoConfiguration.class))
                .withPropertyValues(
                        "migrator.enabled=false",
                        "spring.datasource.url=" + Postgres.newDatabase(),
                        "spring.datasource.hikari.maximum-pool-size=1")
                .run(context -> {
                    DataSource pool = context.getBean(DataSource.class);
                    assertThat(pool).isInstanceOf(HikariDataSource.class);
                    int before = pid(pool);

                    context.getBean(Migrator.class).migrate();

                    assertThat(pid(pool)).isNotEqualTo(before);
                });

        assertThat(output).doesNotContain("marked as broken").doesNotContain("WARN");
    }

    private static int pid(DataSource dataSource) {
        return JdbcClient.create(dataSource)
                .sql("select pg_backend_pid()")
                .query(Integer.class)
                .single();
    }
}
