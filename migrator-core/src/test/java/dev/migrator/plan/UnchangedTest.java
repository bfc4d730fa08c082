package dev.migrator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.history.Rows;
import dev.migrator.history.State;
import dev.migrator.history.StoredRow;
import dev.migrator.migration.Found;
import dev.migrator.migration.Migration;
import dev.migrator.migration.Script;
import dev.migrator.migration.Version;
import java.io.InputStream;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the quick look sees by itself, and what it leaves to the planner. Every {@link Scene} compares the two. */
class UnchangedTest {

    private static boolean unchanged(Scene scene) {
        scene.plan();
        return scene.unchanged();
    }

    @Test
    void seesThatAllHasRunAndIsAsItWas() {
        assertThat(unchanged(new Scene()
                        .found("1", "2")
                        .repeatable("views", "c1:v")
                        .history(new Rows().applied("1").applied("2").repeatable("views", "c1:v"))))
                .isTrue();
    }

    @Test
    void seesItWhateverTheHistoryHasBehindIt() {
        Rows rows = new Rows()
                .baseline("3")
                .failed("4")
                .applied("4")
                .applied("5")
                .rollback("5", State.APPLIED)
                .applied("5")
                .restore()
                .repeatable("views", "c1:old")
                .repeatable("views", "c1:v");

        assertThat(unchanged(new Scene()
                        .found("1", "3", "4", "5")
                        .repeatable("views", "c1:v")
                        .history(rows)))
                .isTrue();
    }

    @Test
    void leavesToThePlannerWhatIsPendingChangedMissingOrUnfinished() {
        Rows both = new Rows().applied("1").applied("2");

        assertThat(unchanged(new Scene().found("1", "2", "3").history(both))).isFalse();
        assertThat(unchanged(new Scene()
                        .found("1")
                        .script("2", "V2__x.sql", "c1:new")
                        .history(both)))
                .isFalse();
        assertThat(unchanged(new Scene().found("2").history(both))).isFalse();
        assertThat(unchanged(new Scene().found("1").history(both))).isFalse();
        assertThat(unchanged(new Scene()
                        .found("1", "2")
                        .history(new Rows().applied("1").failed("2"))))
                .isFalse();
        assertThat(unchanged(new Scene()
                        .found("1", "1.0")
                        .history(new Rows().applied("1").applied("1.0"))))
                .isFalse();
        assertThat(unchanged(new Scene().found("1", "1.0").history(new Rows().baseline("1"))))
                .isFalse();
        assertThat(unchanged(new Scene())).isFalse();
    }

    @Test
    void leavesToThePlannerWhatIsToBeSaid() {
        Rows one = new Rows().applied("1");

        assertThat(unchanged(new Scene().found("1").history(one).note("look"))).isFalse();
        assertThat(unchanged(new Scene().found("1").history(one).issue(Found.Issue.Kind.UNKNOWN_NAME, "x.sql")))
                .isFalse();
        assertThat(unchanged(new Scene().found("1").history(one.repeatable("gone", "c1:g"))))
                .isFalse();
    }

    @Test
    void leavesToThePlannerWhatANewerReleaseWrote() {
        Found one = new Found(
                List.of(new Migration(
                        Version.parse("1"),
                        "x",
                        "c1:1",
                        new Migration.Sql(new Script("V1__x.sql", "/srv/V1__x.sql", InputStream::nullInputStream)),
                        null)),
                List.of(),
                List.of());
        StoredRow applied = new StoredRow("versioned", "applied", "1", "c1:1", "{}");

        assertThat(Unchanged.is(one, List.of(applied))).isTrue();
        assertThat(Unchanged.is(one, List.of(new StoredRow("versioned", "paused", "1", "c1:1", "{}"), applied)))
                .isFalse();
        assertThat(Unchanged.is(one, List.of(applied, new StoredRow("vacuumed", "applied", "x", null, "{}"))))
                .isFalse();
    }

    @Test
    void neverSaysSoWhereThePlannerWouldDoOrSayAnything() {
        Random random = new Random(7);
        int seen = 0;
        for (int i = 0; i < 30_000; i++) {
            Scene scene = new Scene();
            Rows rows = new Rows();
            for (int events = random.nextInt(7); events > 0; events--) {
                happened(rows, random);
            }
            for (String version : new String[] {"1", "1.0", "2", "3", "4"}) {
                if (random.nextInt(3) > 0) {
                    scene.script(
                            version, "V" + version + "__x.sql", random.nextInt(9) == 0 ? "c1:new" : "c1:" + version);
                }
            }
            if (random.nextBoolean()) {
                scene.repeatable("views", "c1:" + random.nextInt(2));
            }
            if (random.nextInt(4) == 0) {
                scene.target("2");
            }
            seen += unchanged(scene.history(rows)) ? 1 : 0;
        }
        assertThat(seen).isGreaterThan(30);
    }

    private static void happened(Rows rows, Random random) {
        String version = new String[] {"1", "1.0", "2", "3", "4"}[random.nextInt(5)];
        State[] states = State.values();
        State state = random.nextInt(3) > 0 ? State.APPLIED : states[random.nextInt(states.length)];
        switch (random.nextInt(9)) {
            case 0 -> rows.rollback(version, state);
            case 1 -> rows.baseline(version);
            case 2 -> rows.repair(version, "c1:" + version);
            case 3 -> rows.restore();
            case 4, 5 -> rows.repeatable("views", "c1:" + random.nextInt(2), state, random.nextInt(3));
            default -> rows.unfinished(version, state, random.nextInt(3));
        }
    }
}
