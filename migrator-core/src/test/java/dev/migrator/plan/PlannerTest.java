package dev.migrator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.migrator.history.Rows;
import dev.migrator.history.State;
import dev.migrator.migration.Found;
import dev.migrator.migration.Version;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PlannerTest {

    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

    private final Scene scene = new Scene();
    private final Rows rows = new Rows();

    @Test
    void nothingFoundAndNothingRecordedIsNothingToDo() {
        assertThat(scene.plan().isEmpty()).isTrue();
        assertThat(scene.schemaHasTables().plan().isEmpty()).isTrue();
    }

    @Test
    void whatIsAppliedIsNotToDo() {
        Plan plan = scene.found("1", "2")
                .repeatable("views", "c1:v")
                .history(rows.applied("1").applied("2").repeatable("views", "c1:v"))
                .plan();

        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.notes()).isEmpty();
        assertThat(plan.migrations()).hasSize(3);
    }

    @Test
    void versionsComeInTheirOrderAndRepeatablesLastByDescription() {
        Plan plan = scene.repeatable("b", "c1:b")
                .found("10", "9", "1.10", "1.9", "2026_01_28_b", "2026_01_28_a", "0")
                .repeatable("a", "c1:a")
                .plan();

        assertThat(Scene.steps(plan))
                .containsExactly(
                        "V0__x.sql",
                        "V1.9__x.sql",
                        "V1.10__x.sql",
                        "V9__x.sql",
                        "V10__x.sql",
                        "V2026_01_28_a__x.sql",
                        "V2026_01_28_b__x.sql",
                        "R__a.sql",
                        "R__b.sql");
        assertThat(plan.steps()).extracting(Step::migration).isEqualTo(plan.migrations());
        assertThat(plan.steps()).extracting(Step::resumes).containsOnlyNulls();
        assertThat(plan.problems()).isEmpty();
    }

    @Test
    void aRepeatableRunsAgainWhenAVersionWasTakenBackAndOnlyOnce() {
        scene.found("1").repeatable("views", "c1:v");
        rows.applied("1").applied("2").repeatable("views", "c1:v").rollback("2", State.FAILED);

        assertThat(scene.history(rows).plan().isEmpty()).isTrue();
        assertThat(Scene.steps(scene.history(rows.rollback("2", State.APPLIED)).plan()))
                .containsExactly("R__views.sql");
        assertThat(scene.history(rows.repeatable("views", "c1:v")).plan().isEmpty())
                .isTrue();
    }

    @Test
    void aRepeatableRunsAgainWhenItHasChanged() {
        Plan plan = scene.found("1")
                .repeatable("changed", "c1:new")
                .repeatable("same", "c1:same")
                .repeatable("without_checksum", null)
                .history(rows.applied("1")
                        .repeatable("changed", "c1:old")
                        .repeatable("same", "c1:same")
                        .repeatable("without_checksum", "c1:x"))
                .plan();

        assertThat(Scene.steps(plan)).containsExactly("R__changed.sql");
        assertThat(plan.problems()).isEmpty();
    }

    @Test
    void aRepeatableThatIsNoLongerFoundIsANoteIfItWasEverApplied() {
        Plan plan = scene.found("1")
                .history(rows.applied("1").repeatable("gone", "c1:x").repeatable("never", "c1:y", State.FAILED, 0))
                .plan();

        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.notes()).singleElement().asString().contains("R__gone.sql");
    }

    @Test
    void theTargetCutsOffAndLeavesRepeatablesOut() {
        Plan plan = scene.found("1", "2", "3", "4")
                .repeatable("views", "c1:v")
                .history(rows.applied("1"))
                .target("2.0")
                .plan();

        assertThat(Scene.steps(plan)).containsExactly("V2__x.sql");
        assertThat(plan.problems()).isEmpty();
        assertThat(plan.notes()).singleElement().asString().contains("target 2.0");
    }

    @Test
    void aTargetThatCutsNothingOffChangesNothing() {
        Plan plan =
                scene.found("1", "2").repeatable("views", "c1:v").target("2").plan();

        assertThat(Scene.steps(plan)).containsExactly("V1__x.sql", "V2__x.sql", "R__views.sql");
        assertThat(plan.notes()).isEmpty();
    }

    @Test
    void aTargetBelowWhatIsAppliedTakesNothingBack() {
        Plan plan = scene.found("1", "2", "3")
                .history(rows.applied("1").applied("2"))
                .target("1")
                .plan();

        assertThat(plan.isEmpty()).isTrue();
    }

    @Test
    void theFindersNotesAreThePlansToo() {
        assertThat(scene.note("No migrations were found.").plan().notes()).containsExactly("No migrations were found.");
    }

    @Test
    void tenThousandMigrationsArePlannedInATwinkling() {
        Scene many = new Scene();
        for (int i = 10_000; i > 0; i--) {
            many.found(Integer.toString(i));
        }
        for (int i = 1; i <= 9_999; i++) {
            rows.applied(Integer.toString(i));
        }
        many.history(rows);

        // the processor's time: others may use it as well
        long start = THREADS.getCurrentThreadCpuTime();
        Plan plan = many.justPlan();
        Duration taken = Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - start);

        System.out.println("Planned 10,000 migrations against 9,999 rows in " + taken.toMillis() + " ms");
        assertThat(Scene.steps(plan)).containsExactly("V10000__x.sql");
        assertThat(plan.problems()).isEmpty();
        assertThat(taken).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void tenTimesAsManyMigrationsNeedTenTimesAsMuchMemory() {
        Scene few = applied(1_000);
        Scene many = applied(10_000);
        allocated(few);
        allocated(many);

        assertThat(allocated(many)).isLessThan(12 * allocated(few)).isLessThan(10_000 * 200L);
    }

    private static Scene applied(int count) {
        Scene scene = new Scene();
        Rows rows = new Rows();
        for (int i = 1; i <= count; i++) {
            // in no order
            String version = Integer.toString(i * 7919 % 10_007);
            scene.found(version);
            rows.applied(version);
        }
        return scene.history(rows);
    }

    private static long allocated(Scene scene) {
        long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
        Plan plan = scene.justPlan();
        long allocated = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.problems()).isEmpty();
        return allocated;
    }

    @Test
    void tellsAllProblemsAtOnce() {
        Plan plan = scene.issue(Found.Issue.Kind.NO_LOCATION, "classpath:nowhere")
                .issue(Found.Issue.Kind.UNKNOWN_NAME, "/srv/hello.sql")
                .issue(Found.Issue.Kind.UNREADABLE, "/srv/V9__locked.sql")
                .issue(Found.Issue.Kind.DUPLICATE, "/srv/U1__b.sql")
                .script("1", "V1__changed.sql", "c1:new")
                .script("1", "V1__twice.sql", "c1:1")
                .found("3", "5")
                .history(rows.applied("1", "c1:1").applied("2").applied("4").applied("5"))
                .plan();

        assertThat(Scene.problems(plan))
                .containsExactlyInAnyOrder(
                        "LOCATION classpath:nowhere",
                        "UNKNOWN_FILE /srv/hello.sql",
                        "UNREADABLE /srv/V9__locked.sql",
                        "DUPLICATE /srv/U1__b.sql",
                        "DUPLICATE V1__twice.sql",
                        "CHANGED V1__changed.sql",
                        "MISSING V2__x.sql",
                        "OUT_OF_ORDER V3__x.sql",
                        "MISSING V4__x.sql");
        assertThat(plan.problems()).allSatisfy(problem -> {
            assertThat(problem.message()).endsWith(".");
            assertThat(problem.action()).endsWith(".");
        });
        assertThat(plan.isEmpty()).isFalse();
    }

    @Test
    void problemsOfTheHistoryComeInTheOrderOfTheirVersions() {
        for (int i = 1; i <= 40; i++) {
            rows.applied(Integer.toString(i));
        }
        Plan plan = scene.found("40").history(rows).plan();

        assertThat(plan.problems())
                .extracting(problem -> Version.parse(
                        problem.script().substring(1, problem.script().indexOf('_'))))
                .hasSize(39)
                .isSorted();
    }
}
