package dev.migrator.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.spring.test.Postgres;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class MigratingDataSourceTests {

    private static final String OWNER = "select tableowner from pg_tables where tablename = 'books'";

    private final String url = Postgres.newDatabase();

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(DataSourceAutoConfiguration.class, MigratorAutoConfiguration.class))
            .withPropertyValues("migrator.run-at=initialization", "spring.datasource.url=" + url);

    private String newRole() {
        String role = "owner_" + url.substring(url.lastIndexOf('/') + 1).replaceAll("\\W.*", "");
        Postgres.execute(
                url,
                "create role " + role + " login password 'hunter2'",
                "grant create, usage on schema public to " + role);
        return role;
    }

    private void migrated(ApplicationContextRunner run, Consumer<AssertableApplicationContext> more) {
        run.run(context -> {
            assertThat(context).hasNotFailed();
            more.accept(context);
        });
    }

    @Test
    void theApplicationsRoleMigratesByDefault() {
        migrated(runner, context -> assertThat(Postgres.query(url, OWNER)).isEqualTo("postgres"));
    }

    @Test
    void anotherRoleMayMigrateTheSameDatabase() {
        String role = newRole();
        migrated(runner.withPropertyValues("migrator.user=" + role, "migrator.password=hunter2"), context -> {
            assertThat(Postgres.query(url, OWNER)).isEqualTo(role);
            assertThat(JdbcClient.create(context.getBean(DataSource.class))
                            .sql("select current_user")
                            .query(String.class)
                            .single())
                    .isEqualTo("postgres");
        });
    }

    @Test
    void aUrlOfItsOwnIsMigratedInsteadOfTheApplications() {
        String other = Postgres.newDatabase();
        migrated(runner.withPropertyValues("migrator.url=" + other), context -> {
            assertThat(Postgres.tableExists(other, "books")).isTrue();
            assertThat(Postgres.tableExists(url, "books")).isFalse();
        });
    }

    @Test
    void aUrlOfItsOwnNeedsNoDataSource() {
        migrated(
                new ApplicationContextRunner()
                        .withConfiguration(AutoConfigurations.of(MigratorAutoConfiguration.class))
                        .withPropertyValues("migrator.run-at=lifecycle", "migrator.url=" + url),
                context -> assertThat(Postgres.tableExists(url, "books")).isTrue());
    }

    @Test
    void theMarkedDataSourceMigratesAndTheApplicationsIsStillMade() {
        String other = Postgres.newDatabase();
        migrated(runner.withUserConfiguration(Marked.class).withPropertyValues("test.url=" + other), context -> {
            assertThat(Postgres.tableExists(other, "books")).isTrue();
            assertThat(Postgres.tableExists(url, "books")).isFalse();
            assertThat(context).hasBean("dataSource");
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Marked {

        @Bean(defaultCandidate = false)
        @MigratorDataSource
        DataSource migrating(Environment environment) {
            return new DriverManagerDataSource(environment.getRequiredProperty("test.url"));
        }
    }
}
