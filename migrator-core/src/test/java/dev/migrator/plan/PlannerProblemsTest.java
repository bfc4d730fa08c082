package dev.migrator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.history.Rows;
import dev.migrator.history.State;
import dev.migrator.migration.Version;
import org.junit.jupiter.api.Test;

class PlannerProblemsTest {

    private final Scene scene = new Scene();
    private final Rows rows = new Rows();

    private static String onlyMessage(Plan plan) {
        assertThat(plan.problems()).hasSize(1);
        return plan.problems().get(0).message();
    }

    @Test
    void aTextThatWasChangedAfterItWasApplied() {
        Plan plan = scene.script("1", "V1__x.sql", "c1:new")
                .history(rows.applied("1", "c1:old"))
                .plan();

        assertThat(Scene.problems(plan)).containsExactly("CHANGED V1__x.sql");
        assertThat(onlyMessage(plan)).contains("c1:new").contains("c1:old");
        assertThat(plan.steps()).isEmpty();
    }

    @Test
    void whatHasNoChecksumCannotBeSaidToHaveChanged() {
        Plan plan = scene.script("1", "V1__x", null)
                .script("2", "V2__x.sql", "c1:x")
                .history(rows.applied("1").applied("2", null))
                .plan();

        assertThat(plan.isEmpty()).isTrue();
    }

    @Test
    void aRepairSettlesAChange() {
        Plan plan = scene.script("1", "V1__x.sql", "c1:new")
                .history(rows.applied("1", "c1:old").repair("1", "c1:new"))
                .plan();

        assertThat(plan.isEmpty()).isTrue();
    }

    @Test
    void aVersionThatIsAppliedAndNotFound() {
        Plan plan = scene.found("1", "3")
                .history(rows.applied("1").applied("2").applied("3"))
                .plan();

        assertThat(Scene.problems(plan)).containsExactly("MISSING V2__x.sql");
        assertThat(onlyMessage(plan)).contains("Version 2 (V2__x.sql) is applied");
    }

    @Test
    void aVersionAboveTheHighestKnownIsANoteAndNoRepeatableRuns() {
        Plan plan = scene.found("1", "2")
                .repeatable("views", "c1:mine")
                .history(rows.applied("1")
                        .applied("3")
                        .applied("4")
                        .repeatable("views", "c1:theirs")
                        .repeatable("of_theirs", "c1:x"))
                .outOfOrder()
                .plan();

        assertThat(Scene.steps(plan)).containsExactly("V2__x.sql");
        assertThat(plan.problems()).isEmpty();
        assertThat(plan.notes())
                .singleElement()
                .asString()
                .contains("2 versions")
                .contains("3, 4");
    }

    @Test
    void manyVersionsAboveAreNotAllNamed() {
        rows.applied("1");
        for (int i = 2; i <= 50; i++) {
            rows.applied(Integer.toString(i));
        }
        Plan plan = scene.found("1").history(rows).plan();

        assertThat(plan.notes())
                .singleElement()
                .asString()
                .contains("49 versions")
                .contains("2, 3, 4, 5, 6, …");
    }

    @Test
    void aPendingVersionBelowAnAppliedOne() {
        Plan plan = scene.found("1", "2", "3")
                .history(rows.applied("1").applied("3"))
                .plan();

        assertThat(Scene.problems(plan)).containsExactly("OUT_OF_ORDER V2__x.sql");
        assertThat(onlyMessage(plan)).contains("version 3 above it");
    }

    @Test
    void outOfOrderIsAllowedOnRequest() {
        Plan plan = scene.found("1", "2", "3")
                .history(rows.applied("1").applied("3"))
                .outOfOrder()
                .plan();

        assertThat(plan.problems()).isEmpty();
        assertThat(Scene.steps(plan)).containsExactly("V2__x.sql");
    }

    @Test
    void twoMigrationsOfOneVersionAreNamedBoth() {
        Plan plan = scene.script("1", "V1__a.sql", "c1:a")
                .script("1.0", "001_b.sql", "c1:b")
                .plan();

        assertThat(Scene.problems(plan)).hasSize(1).first().asString().startsWith("DUPLICATE");
        assertThat(onlyMessage(plan)).contains("/srv/V1__a.sql").contains("/srv/001_b.sql");
    }

    @Test
    void twoRepeatablesOfOneDescriptionAreNamedBoth() {
        Plan plan =
                scene.repeatable("views", "c1:a").repeatable("views", "c1:b").plan();

        assertThat(Scene.problems(plan)).containsExactly("DUPLICATE R__views.sql");
        assertThat(onlyMessage(plan)).contains("'views'");
    }

    @Test
    void tablesWithoutAHistory() {
        assertThat(Scene.problems(scene.found("1").schemaHasTables().plan())).containsExactly("NOT_EMPTY");
        assertThat(Scene.problems(scene.history(rows).plan())).containsExactly("NOT_EMPTY");
    }

    @Test
    void aHistoryInWhichEverythingWasRolledBackIsOne() {
        Plan plan = scene.found("1")
                .history(rows.applied("1").rollback("1", State.APPLIED))
                .schemaHasTables()
                .plan();

        assertThat(plan.problems()).isEmpty();
        assertThat(Scene.steps(plan)).containsExactly("V1__x.sql");
    }

    @Test
    void baselineOnMigrateTakesTheTablesAsTheyStand() {
        Plan plan = scene.found("1", "2", "3")
                .repeatable("views", "c1:v")
                .schemaHasTables()
                .baselineOnMigrate("2")
                .plan();

        assertThat(plan.baseline()).isEqualTo(Version.parse("2"));
        assertThat(Scene.steps(plan)).containsExactly("V3__x.sql", "R__views.sql");
        assertThat(plan.problems()).isEmpty();
    }

    @Test
    void baselineOnMigrateAloneIsSomethingToDo() {
        Plan plan = scene.found("1").schemaHasTables().baselineOnMigrate("1").plan();

        assertThat(plan.steps()).isEmpty();
        assertThat(plan.isEmpty()).isFalse();
    }

    @Test
    void baselineOnMigrateIsForTablesWithoutAHistoryOnly() {
        assertThat(scene.found("1").baselineOnMigrate("1").plan().baseline())
                .as("an empty schema")
                .isNull();

        Plan rolledBack = scene.schemaHasTables()
                .history(rows.applied("1").rollback("1", State.APPLIED))
                .plan();
        assertThat(rolledBack.baseline()).as("a history").isNull();
        assertThat(Scene.steps(rolledBack)).containsExactly("V1__x.sql");
    }

    @Test
    void whatIsBelowARecordedBaselineIsNeitherRunNorMissed() {
        Plan plan = scene.found("1", "2.0", "4")
                .history(rows.baseline("2").applied("3"))
                .outOfOrder()
                .schemaHasTables()
                .plan();

        assertThat(plan.baseline()).isNull();
        assertThat(Scene.steps(plan)).containsExactly("V4__x.sql");
        assertThat(Scene.problems(plan)).containsExactly("MISSING V3__x.sql");
    }

    @Test
    void aBaselineAboveEverythingFoundIsNoNewerRelease() {
        Plan plan = scene.found("1")
                .repeatable("views", "c1:v")
                .history(rows.baseline("9"))
                .plan();

        assertThat(Scene.steps(plan)).containsExactly("R__views.sql");
        assertThat(plan.notes()).isEmpty();
    }
}
