package dev.migrator.spring.startup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.spring.autoconfigure.MigratorAutoConfiguration;
import dev.migrator.spring.test.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.boot.sql.init.DatabaseInitializationMode;
import org.springframework.boot.sql.init.DatabaseInitializationSettings;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the README promises of {@code migrator.run-at=initialization}, and the warning and the failure advise. */
class AtInitializationTests {

    @TempDir
    Path folder;

    private final String url = Postgres.newDatabase();

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(DataSourceAutoConfiguration.class, MigratorAutoConfiguration.class))
            .withPropertyValues("spring.datasource.url=" + url, "migrator.connect.timeout=0");

    @Test
    void librariesMakeTheirTablesAfterTheMigrations() throws IOException {
        Path script = Files.writeString(folder.resolve("jobs.sql"), "create table jobs (id int)");
        ApplicationContextRunner library =
                runner.withUserConfiguration(Library.class).withPropertyValues("test.script=" + script.toUri());

        library.withPropertyValues("migrator.run-at=initialization").run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(Postgres.tableExists(url, "books")).isTrue();
            assertThat(Postgres.tableExists(url, "jobs")).isTrue();
        });
    }

    @Test
    void aBeanOnTheBareDataSourceComesAfterThemIfItSaysSo() {
        runner.withUserConfiguration(Bare.class)
                .withPropertyValues("migrator.run-at=initialization")
                .run(context -> assertThat(context).hasNotFailed().hasBean("booksAtStart"));
    }

    /** As Spring Session, Batch, Quartz and Integration do it. */
    @Configuration(proxyBeanMethods = false)
    static class Library {

        @Bean
        DataSourceScriptDatabaseInitializer jobTables(DataSource dataSource, Environment environment) {
            DatabaseInitializationSettings settings = new DatabaseInitializationSettings();
            settings.setSchemaLocations(List.of(environment.getRequiredProperty("test.script")));
            settings.setMode(DatabaseInitializationMode.ALWAYS);
            return new DataSourceScriptDatabaseInitializer(dataSource, settings);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Bare {

        @Bean
        @DependsOnDatabaseInitialization
        Integer booksAtStart(DataSource dataSource) {
            return JdbcClient.create(dataSource)
                    .sql("select count(*) from books")
                    .query(Integer.class)
                    .single();
        }
    }
}
