package dev.migrator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.MigrationInfo;
import dev.migrator.Migrator;
import dev.migrator.testing.DatabaseTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionTest extends DatabaseTest {

    private static final String REASON = "only-if=env:production does not hold: the environments are eu, test";

    @Test
    void aScriptForAnotherEnvironmentIsRecordedAsSkippedWithTheReason() {
        List<RunEvent> events = new ArrayList<>();
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);")
                .with("V2__b.sql", "-- migrator: only-if=env:production\nSELECT '${unknown}'; CREATE TABLE b (id int);")
                .with("V3__c.sql", "-- migrator: only-if=!env:production\nCREATE TABLE c (id int);")
                .with("V4__d.sql", "-- migrator: only-if=env:TEST\nCREATE TABLE d (id int);");
        Migrator migrator = migrator()
                .environments(List.of("test", "eu"))
                .listener(events::add)
                .build();

        MigrationReport report = migrator.migrate();

        assertThat(report.applied())
                .extracting(MigrationReport.Applied::script)
                .containsExactly("V1__a.sql", "V3__c.sql", "V4__d.sql");
        assertThat(report.skippedHere()).containsExactly(new MigrationReport.Skipped("2", "b", "V2__b.sql", REASON));
        assertThat(report.summary()).startsWith("4 found, 3 applied, 1 skipped, ");
        assertThat(history())
                .containsExactly(
                        "1 versioned applied 1/1",
                        "2 versioned skipped 0/0",
                        "3 versioned applied 1/1",
                        "4 versioned applied 1/1");
        assertThat(database.value("SELECT details ->> 'reason' FROM schema_migrations WHERE version = '2'"))
                .isEqualTo(REASON);
        assertThat(database.value("SELECT count(DISTINCT run_id) FROM schema_migrations"))
                .isEqualTo("1");
        assertThat(events)
                .filteredOn(RunEvent.StepSkipped.class::isInstance)
                .singleElement()
                .extracting(event -> ((RunEvent.StepSkipped) event).reason())
                .isEqualTo(REASON);
        assertThat(migrator.snapshot().migrations())
                .filteredOn(info -> "2".equals(info.version()))
                .singleElement()
                .satisfies(info -> assertThat(info.state()).isEqualTo("skipped"))
                .satisfies(info -> assertThat(info.reason()).isEqualTo(REASON));
    }

    @Test
    void whatWasSkippedIsNotRunByItselfWhenTheConditionHolds() {
        scripts.with("V1__a.sql", "-- migrator: only-if=env:production\nCREATE TABLE a (id int);")
                .with("R__v.sql", "-- migrator: only-if=env:production\nCREATE OR REPLACE VIEW v AS SELECT 1 AS a;");
        assertThat(migrator().build().migrate().skippedHere())
                .extracting(MigrationReport.Skipped::reason)
                .containsOnly("only-if=env:production does not hold: no environment is given");

        Migrator production = migrator().environments(List.of("production")).build();
        assertThat(production.migrate().applied()).isEmpty();
        assertThat(production.validate()).isEmpty();
        assertThat(history()).containsExactly("1 versioned skipped 0/0", "v repeatable skipped 0/0");

        // another text is another thing to decide about, for a repeatable
        scripts.with("R__v.sql", "-- migrator: only-if=env:production\nCREATE OR REPLACE VIEW v AS SELECT 2 AS a;");
        assertThat(production.status().migrations())
                .extracting(MigrationInfo::state)
                .containsExactly("skipped", "pending");
        assertThat(production.migrate().applied()).hasSize(1);
        assertThat(database.value("SELECT a FROM v")).isEqualTo("2");
    }

    @Test
    void whatHasBegunIsBroughtToItsEnd() {
        String head = "-- migrator: only-if=env:production, transaction=none\nCREATE TABLE a (id int);\n";
        scripts.with("V1__a.sql", head + "SELECT 1 / 0;");
        failure(MigrationFailedException.class, migrator().environments(List.of("production")));
        scripts.with("V1__a.sql", head + "SELECT 1;");

        migrator().build().migrate();

        assertThat(history()).containsExactly("1 versioned failed 1/2", "1 versioned applied 2/2");
    }

    @ParameterizedTest
    @CsvSource({
        "true,applied",
        "false,skipped",
        "${run},applied",
        "${skip},skipped",
        "${env}==prod,skipped",
        "${env} == test,applied",
        "${env}!=prod,applied",
        "${migrator:user}==postgres,applied"
    })
    void flywaysShouldExecuteIsHonoured(String condition, String state) {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);")
                .with("V1__a.sql.conf", "# of Flyway\nshouldExecute=" + condition);

        MigrationReport report = migrator()
                .placeholders(Map.of("run", "true", "skip", "false", "env", "test"))
                .build()
                .migrate();

        assertThat(database.value("SELECT state FROM schema_migrations")).isEqualTo(state);
        if (state.equals("skipped")) {
            assertThat(report.skippedHere())
                    .extracting(MigrationReport.Skipped::reason)
                    .containsExactly("shouldExecute=" + condition + " in V1__a.sql.conf:2 does not hold");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "maybe | shouldExecute needs true or false, or A==B or A!=B, after placeholders; it is 'maybe'",
                "${secret} | shouldExecute needs true or false, or A==B or A!=B, after placeholders; it is '${secret}'",
                "${nobody} | the placeholder ${nobody} has no value; known are"
            })
    void whatCannotBeDecidedIsAProblemBeforeAnythingRuns(String condition, String problem) {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);")
                .with("V2__b.sql", "CREATE TABLE b (id int);")
                .with("V2__b.sql.conf", "shouldExecute=" + condition);

        assertThat(failure(ValidationFailedException.class, migrator().placeholders(Map.of("secret", "swordfish"))))
                .hasMessageContaining("V2__b.sql.conf:1: " + problem)
                .hasMessageNotContaining("swordfish");
        assertThat(database.value("SELECT to_regclass('a') IS NULL")).isEqualTo("t");
    }

    @Test
    void executeInTransactionFalseIsHonoured() {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);\nSELECT 1 / 0;")
                .with("V1__a.sql.conf", "executeInTransaction=false\nencoding=UTF-8\n");

        failure(MigrationFailedException.class, migrator());

        assertThat(history()).containsExactly("1 versioned failed 1/2");
        assertThat(database.value("SELECT to_regclass('a') IS NOT NULL")).isEqualTo("t");
    }
}
