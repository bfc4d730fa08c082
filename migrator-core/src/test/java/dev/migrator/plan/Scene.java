package dev.migrator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.history.History;
import dev.migrator.history.Rows;
import dev.migrator.history.StoredRow;
import dev.migrator.migration.Found;
import dev.migrator.migration.Migration;
import dev.migrator.migration.Script;
import dev.migrator.migration.Version;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a plan is made of, in a test: nothing found, no history and the strictest rules, unless it says otherwise. */
final class Scene {

    private final List<Migration> migrations = new ArrayList<>();
    private final List<Found.Issue> issues = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private History history = History.absent();
    private List<StoredRow> stored = List.of();
    private boolean outOfOrder;
    private @Nullable Version target;
    private @Nullable Version baselineOnMigrate;
    private boolean schemaEmpty = true;

    /** Scripts whose checksums are those of {@link Rows#applied(String)}. */
    Scene found(String... versions) {
        for (String version : versions) {
            script(version, "V" + version + "__x.sql", "c1:" + version);
        }
        return this;
    }

    Scene script(String version, String script, @Nullable String checksum) {
        migrations.add(new Migration(Version.parse(version), "x", checksum, content(script), null));
        return this;
    }

    Scene repeatable(String description, @Nullable String checksum) {
        migrations.add(new Migration(null, description, checksum, content("R__" + description + ".sql"), null));
        return this;
    }

    private static Migration.Content content(String script) {
        return new Migration.Sql(new Script(script, "/srv/" + script, InputStream::nullInputStream));
    }

    Scene issue(Found.Issue.Kind kind, String where) {
        issues.add(new Found.Issue(kind, where, where + " is wrong."));
        return this;
    }

    Scene note(String note) {
        notes.add(note);
        return this;
    }

    Scene history(Rows rows) {
        history = rows.history();
        stored = rows.stored();
        return this;
    }

    Scene outOfOrder() {
        outOfOrder = true;
        return this;
    }

    Scene target(String version) {
        target = Version.parse(version);
        return this;
    }

    Scene baselineOnMigrate(String version) {
        baselineOnMigrate = Version.parse(version);
        return this;
    }

    Scene schemaHasTables() {
        schemaEmpty = false;
        return this;
    }

    Plan plan() {
        Plan plan = justPlan();
        if (unchanged()) {
            // whatever is planned in a test: the quick look never hides any of it
            assertThat(plan.isEmpty()).isTrue();
            assertThat(plan.notes()).isEmpty();
        }
        return plan;
    }

    /** The same without comparing it with the quick look. */
    Plan justPlan() {
        Version baseline = baselineOnMigrate == null ? Version.parse("1") : baselineOnMigrate;
        return Planner.plan(
                new Found(migrations, issues, notes),
                history,
                new Rules(outOfOrder, target, baselineOnMigrate != null, baseline, "as it was"),
                schemaEmpty);
    }

    /** What the quick look says of the same. */
    boolean unchanged() {
        return Unchanged.is(new Found(migrations, issues, notes), stored);
    }

    /** The steps' scripts, in order. */
    static List<String> steps(Plan plan) {
        return plan.steps().stream().map(step -> step.migration().script()).toList();
    }

    /** The problems' kinds and scripts, in order. */
    static List<String> problems(Plan plan) {
        return plan.problems().stream()
                .map(problem ->
                        problem.script() == null ? problem.kind().toString() : problem.kind() + " " + problem.script())
                .toList();
    }
}
