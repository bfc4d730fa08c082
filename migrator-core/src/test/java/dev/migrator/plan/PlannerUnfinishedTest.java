package dev.migrator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.history.HistoryRow;
import dev.migrator.history.Rows;
import dev.migrator.history.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlannerUnfinishedTest {

    private final Scene scene = new Scene();
    private final Rows rows = new Rows();

    private static Step onlyStep(Plan plan) {
        assertThat(plan.problems()).isEmpty();
        assertThat(plan.steps()).hasSize(1);
        return plan.steps().get(0);
    }

    @Test
    void whatFailedAsAWholeIsPendingAgain() {
        Step step = onlyStep(
                scene.found("1", "2").history(rows.applied("1").failed("2")).plan());

        assertThat(step.migration().script()).isEqualTo("V2__x.sql");
        assertThat(step.statementsDone()).isZero();
    }

    @Test
    void whatFailedAsAWholeMayHaveBeenMended() {
        Step step = onlyStep(scene.script("1", "V1__x.sql", "c1:mended")
                .history(rows.failed("1"))
                .plan());

        assertThat(step.statementsDone()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"RUNNING", "FAILED", "INTERRUPTED"})
    void whatStoppedAtACheckpointResumesThere(State state) {
        rows.applied("1").unfinished("2", state, 3);
        HistoryRow stopped = rows.last();

        Step step = onlyStep(scene.found("1", "2").history(rows).plan());

        assertThat(step.resumes()).isSameAs(stopped);
        assertThat(step.statementsDone()).isEqualTo(3);
    }

    @Test
    void theNewestRowsCheckpointCounts() {
        rows.unfinished("1", State.INTERRUPTED, 3).unfinished("1", State.FAILED, 5);

        assertThat(onlyStep(scene.found("1").history(rows).plan()).statementsDone())
                .isEqualTo(5);
    }

    @Test
    void whatIsUnfinishedBelowAnAppliedVersionIsNotOutOfOrder() {
        Step step = onlyStep(scene.found("1", "2")
                .history(rows.unfinished("1", State.FAILED, 3).applied("2"))
                .plan());

        assertThat(step.statementsDone()).isEqualTo(3);
    }

    @Test
    void whatFailedAsAWholeAndHasGoneIsForgotten() {
        Plan plan = scene.found("1", "3")
                .history(rows.applied("1").failed("2").applied("3").failed("4"))
                .plan();

        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.notes()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"RUNNING", "FAILED", "INTERRUPTED"})
    void whatIsHalfDoneAndHasGoneIsAProblem(State state) {
        Plan plan = scene.found("2")
                .history(rows.unfinished("1", state, 3).applied("2"))
                .plan();

        assertThat(Scene.problems(plan)).containsExactly("MISSING V1__x.sql");
        assertThat(plan.problems().get(0).message()).contains("is " + state.code() + " in the history");
    }

    @ParameterizedTest
    @EnumSource(names = {"RUNNING", "INTERRUPTED"})
    void whatWasCutOffInItsFirstStatementMayBeHalfDoneToo(State state) {
        Plan plan = scene.found("2")
                .history(rows.unfinished("1", state, 0).applied("2"))
                .plan();

        assertThat(Scene.problems(plan)).containsExactly("MISSING V1__x.sql");
    }

    @Test
    void whatRunsAboveTheHighestKnownIsANewerReleaseAtWork() {
        Plan plan = scene.found("1")
                .repeatable("views", "c1:v")
                .history(rows.applied("1").unfinished("2", State.RUNNING, 0))
                .plan();

        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.notes()).singleElement().asString().contains("1 version above");
    }

    @Test
    void whatWasSkippedIsDoneWhateverItsTextIs() {
        Plan plan = scene.script("1", "V1__x.sql", "c1:other")
                .history(rows.skipped("1"))
                .plan();

        assertThat(plan.isEmpty()).isTrue();
    }

    @Test
    void whatWasRolledBackIsPendingAgain() {
        Step step = onlyStep(scene.found("1", "2")
                .history(rows.applied("1").applied("2").rollback("2", State.APPLIED))
                .plan());

        assertThat(step.migration().script()).isEqualTo("V2__x.sql");
        assertThat(step.resumes()).isNull();
    }

    @Test
    void whatWasRolledBackMayGo() {
        Plan plan = scene.found("1", "3")
                .history(rows.applied("1")
                        .applied("2")
                        .rollback("2", State.APPLIED)
                        .applied("3"))
                .plan();

        assertThat(plan.isEmpty()).isTrue();
    }

    @Test
    void aRollbackThatFailedLeavesItApplied() {
        Plan plan = scene.found("1")
                .history(rows.applied("1").rollback("1", State.FAILED))
                .plan();

        assertThat(plan.isEmpty()).isTrue();
    }

    @Test
    void aRepeatableResumesIfItsTextIsTheSame() {
        rows.repeatable("same", "c1:same", State.FAILED, 2).repeatable("changed", "c1:old", State.FAILED, 2);

        Plan plan = scene.repeatable("same", "c1:same")
                .repeatable("changed", "c1:new")
                .history(rows)
                .plan();

        assertThat(plan.steps()).extracting(Step::statementsDone).containsExactly(0, 2);
        assertThat(Scene.steps(plan)).containsExactly("R__changed.sql", "R__same.sql");
    }
}
