package dev.migrator.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.MigrationInfo;
import dev.migrator.Migrator;
import dev.migrator.spring.test.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What the properties say to the scripts: their placeholders, and the environments that their conditions ask for. */
class ScriptSettingsTests {

    private final String url = Postgres.newDatabase();

    @TempDir
    private Path folder;

    private ApplicationContextRunner runner;

    @BeforeEach
    void describeTheApplication() {
        runner = new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(DataSourceAutoConfiguration.class, MigratorAutoConfiguration.class))
                .withPropertyValues(
                        "migrator.run-at=initialization",
                        "migrator.locations=filesystem:" + folder,
                        "spring.datasource.url=" + url);
    }

    private void script(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    @Test
    void placeholdersHaveTheirValuesFromTheProperties() throws IOException {
        script("V1__greeting.sql", "create table greeting as select '${who}, ${migrator:application}' as words;");

        runner.withPropertyValues("migrator.placeholders.values.who=Ada", "spring.application.name=shop")
                .run(context -> assertThat(Postgres.query(url, "select words from greeting"))
                        .isEqualTo("Ada, shop"));
    }

    @Test
    void placeholdersCanBeOff() throws IOException {
        script("V1__greeting.sql", "create table greeting as select '${who}' as words;");

        runner.withPropertyValues("migrator.placeholders.enabled=false")
                .run(context -> assertThat(Postgres.query(url, "select words from greeting"))
                        .isEqualTo("${who}"));
    }

    @Test
    void aConditionHoldsInItsProfileAndInItsEnvironment() throws IOException {
        script("V1__a.sql", "-- migrator: only-if=env:production\ncreate table a (id int);");
        script("V2__b.sql", "-- migrator: only-if=env:eu\ncreate table b (id int);");
        script("V3__c.sql", "-- migrator: only-if=env:test\ncreate table c (id int);");

        runner.withPropertyValues("spring.profiles.active=production", "migrator.environments=eu")
                .run(context -> assertThat(
                                context.getBean(Migrator.class).snapshot().migrations())
                        .extracting(MigrationInfo::state)
                        .containsExactly("applied", "applied", "skipped"));
    }

    @Test
    void aValueIsNotPrinted() {
        runner.withPropertyValues("migrator.placeholders.values.key=hunter2").run(context -> assertThat(
                        context.getBean(MigratorProperties.class).placeholders().toString())
                .doesNotContain("hunter2"));
    }
}
