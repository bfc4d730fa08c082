package dev.migrator.benchmarks;

import dev.migrator.history.History;
import dev.migrator.history.HistoryRow;
import dev.migrator.history.Kind;
import dev.migrator.history.State;
import dev.migrator.migration.Found;
import dev.migrator.migration.Migration;
import dev.migrator.migration.Script;
import dev.migrator.migration.Version;
import dev.migrator.plan.Plan;
import dev.migrator.plan.Planner;
import dev.migrator.plan.Rules;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;

/** As many migrations, in no order, as rows of history, which all are applied. */
@org.openjdk.jmh.annotations.State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class PlannerBenchmark {

    private static final Rules RULES = new Rules(false, null, false, Version.parse("1"), "");

    @Param({"1000", "10000", "100000"})
    int count = 10_000;

    /** What the versions look like: numbers, Flyway's dates with a number, or a date with a name. */
    @Param({"%d", "2026.01.28.%d", "2026_01_28_migration_%d"})
    String version = "%d";

    private Found found = new Found(List.of(), List.of(), List.of());
    private History history = History.absent();
    private List<HistoryRow> rows = List.of();

    @Setup
    public void prepare() {
        List<Migration> migrations = new ArrayList<>();
        List<HistoryRow> applied = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            String text = version.formatted(i);
            migrations.add(migration(text, i));
            // read anew from the database, versions are other objects than those that were found
            applied.add(row(text, i));
        }
        Collections.shuffle(migrations, new Random(1));
        found = new Found(migrations, List.of(), List.of());
        rows = applied;
        history = History.of(rows);
    }

    /** The plan alone. */
    @Benchmark
    public Plan plan() {
        return Planner.plan(found, history, RULES, false);
    }

    /** With what the rows say, which is made of them at each reading of the history. */
    @Benchmark
    public Plan historyAndPlan() {
        return Planner.plan(found, History.of(rows), RULES, false);
    }

    private static Migration migration(String version, int i) {
        String name = "V" + version + "__x.sql";
        Script script = new Script(name, "/srv/" + name, InputStream::nullInputStream);
        return new Migration(Version.parse(version), "x", "c1:" + i, new Migration.Sql(script), null);
    }

    private static HistoryRow row(String version, int i) {
        return new HistoryRow(
                i,
                Version.parse(version),
                "x",
                "V" + version + "__x.sql",
                Kind.VERSIONED,
                "c1:" + i,
                State.APPLIED,
                1,
                1,
                null,
                Instant.EPOCH,
                5L,
                "postgres",
                null,
                null,
                "run");
    }
}
