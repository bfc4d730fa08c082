package dev.migrator.plan;

import dev.migrator.history.History;
import dev.migrator.history.HistoryRow;
import dev.migrator.history.KeptRollback;
import dev.migrator.history.State;
import dev.migrator.migration.Found;
import dev.migrator.migration.Migration;
import dev.migrator.migration.Script;
import dev.migrator.migration.ScriptConf;
import dev.migrator.migration.Version;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Plans a rollback: a pure function of the versions that are meant, of what was found, and of what the history has kept. What is
 * found here goes before what was kept: a script that is wrong can be corrected. But it must be the migration that was applied.
 */
public final class RollbackPlanner {

    private static final String WRITE_ONE = "Write a rollback script, or go back to a backup (restore).";

    /** Before all versions. */
    private static final Version NOTHING = Version.parse("0");

    private final Map<Version, Migration> found = new HashMap<>();
    private final History history;
    private final Map<Long, KeptRollback> kept;
    private final List<Step> steps = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private RollbackPlanner(Found found, History history, Map<Long, KeptRollback> kept) {
        for (Migration migration : found.migrations()) {
            if (migration.version() != null) {
                this.found.put(migration.version(), migration);
            }
        }
        this.history = history;
        this.kept = kept;
    }

    /**
     * Plans it.
     *
     * @param rows of the versions that are meant, in the order in which they are taken back
     * @param kept what the history has kept, by the rows' ids
     */
    public static RollbackPlan plan(
            Rollback rollback, List<HistoryRow> rows, Found found, History history, Map<Long, KeptRollback> kept) {
        RollbackPlanner planner = new RollbackPlanner(found, history, kept);
        planner.refuseBaseline(rollback);
        planner.refuseUnknown(rollback);
        planner.noteLess(rollback, rows);
        if (!rows.isEmpty()) {
            found.issues().stream()
                    .filter(issue -> issue.kind() == Found.Issue.Kind.DUPLICATE)
                    .forEach(issue -> planner.problem(issue.where(), issue.message(), "Remove one of them."));
        }
        rows.forEach(planner::plan);
        planner.noteRepeatables();
        return new RollbackPlan(planner.steps, planner.problems, planner.notes);
    }

    private void refuseBaseline(Rollback rollback) {
        Version baseline = history.baseline();
        if (baseline != null
                && rollback instanceof Rollback.To to
                && to.version().compareTo(baseline) < 0) {
            problem(
                    null,
                    "The schema was at version " + baseline + " before Migrator came: nothing knows the way back to "
                            + to.version() + ".",
                    "Roll back to " + baseline + " at most, or restore a backup.");
        }
    }

    /** A slip of the pen would take back more than is meant, and there is nothing at which it would end. */
    private void refuseUnknown(Rollback rollback) {
        if (!(rollback instanceof Rollback.To to)
                || to.version().equals(NOTHING)
                || history.of(to.version()) != null
                || history.baseline() != null && to.version().compareTo(history.baseline()) < 0) {
            return;
        }
        Version below = history.versions().stream()
                .map(RollbackSelection::version)
                .filter(version -> version.compareTo(to.version()) < 0)
                .max(Comparator.naturalOrder())
                .orElse(NOTHING);
        problem(
                null,
                "Version " + to.version() + " is not applied, so that the database cannot go back to it.",
                "Name a version that is (see the status). The next one below is " + below + ": rollback --to " + below
                        + (below.equals(NOTHING) ? " takes back all." : " takes back all above it."));
    }

    private void noteLess(Rollback rollback, List<HistoryRow> rows) {
        if (rollback instanceof Rollback.Count newest) {
            long there =
                    rows.stream().filter(row -> row.state() != State.SKIPPED).count();
            if (there > 0 && there < newest.count()) {
                notes.add("There " + (there == 1 ? "is 1 version" : "are " + there + " versions")
                        + " to take back, not " + newest.count() + ".");
            }
        } else if (rollback instanceof Rollback.LastRun && rows.isEmpty()) {
            HistoryRow last = RollbackSelection.newest(history);
            if (last != null) {
                notes.add("The last run has left no version that could be taken back: " + last.script() + " "
                        + (last.version() == null ? "is repeatable" : "failed, and the server undid it")
                        + ". What earlier runs applied is taken back by rollback --count or --to.");
            }
        }
    }

    private void plan(HistoryRow row) {
        Version version = RollbackSelection.version(row);
        if (row.state() == State.SKIPPED) {
            steps.add(step(version, row.description(), script(row.script(), "", null), row));
            return;
        }
        if (row.state() != State.APPLIED) {
            notes.add(row.script() + " stopped " + Problems.where(row)
                    + ": what takes it back has to do with a part of it.");
        }
        Migration.Content content = content(version, row);
        if (content != null) {
            noteBegun(history.ofRollback(version));
            steps.add(step(version, row.description(), content, row));
        }
    }

    private void noteBegun(@Nullable HistoryRow rollback) {
        if (rollback != null && (rollback.statementsDone() > 0 || rollback.hidesOutcome())) {
            notes.add(
                    "The rollback of version " + rollback.version() + " was begun before: it goes on behind statement "
                            + rollback.statementsDone() + " of " + rollback.statementsTotal() + ".");
        }
    }

    private Step step(Version version, String description, Migration.Content content, HistoryRow row) {
        return Step.back(new Migration(version, description, null, content, null), history.ofRollback(version), row);
    }

    /** What takes the version back, or null with a problem. */
    private Migration.@Nullable Content content(Version version, HistoryRow row) {
        Migration migration = found.get(version);
        KeptRollback rollback = kept.get(row.id());
        if (migration != null && Identity.isAnother(migration, row)) {
            return contentDespite(migration, version, row, rollback);
        }
        if (migration != null && migration.rollback() != null) {
            return migration.rollback();
        }
        if (migration != null && migration.content() instanceof Migration.Java java) {
            if (java.reversible()) {
                return java;
            }
            problem(
                    row.script(),
                    "Version " + version + " (" + row.script() + ") is a migration in Java without a rollback.",
                    "Override JavaMigration.rollback, or go back to a backup (restore)." + stopAbove(version));
            return null;
        }
        if (rollback == null) {
            problem(
                    row.script(),
                    "Version " + version + " (" + row.script() + ") has no rollback script"
                            + (migration == null ? ", neither here nor in the history." : "."),
                    WRITE_ONE + stopAbove(version));
            return null;
        }
        if (rollback.text() == null) {
            problem(
                    row.script(),
                    "The rollback script of version " + version + ", " + rollback.script()
                            + ", is not found here, and its text is not kept in the history.",
                    WRITE_ONE + stopAbove(version));
            return null;
        }
        notes.add(rollback.script() + " is not found here; it runs as the history has kept it.");
        return script(rollback.script(), rollback.text(), rollback.conf());
    }

    /** What is found here as that version would take back something else, and leave behind what was applied. */
    private Migration.@Nullable Content contentDespite(
            Migration migration, Version version, HistoryRow row, @Nullable KeptRollback rollback) {
        boolean changed = Identity.isCalledAlike(migration, row);
        String difference = migration.script()
                + (changed
                        ? " was changed after it was applied as version " + version
                        : " is not what was applied as version " + version + ", which was " + row.script());
        if (rollback != null && rollback.text() != null) {
            notes.add(difference + ": " + rollback.script() + " runs as the history has kept it.");
            return script(rollback.script(), rollback.text(), rollback.conf());
        }
        problem(
                row.script(),
                difference
                        + (rollback == null
                                ? "; the history has no rollback script of that."
                                : "; the text of " + rollback.script() + " is not kept in the history."),
                (changed
                                ? "Take the change back"
                                : "Let " + row.script() + " be found here again, with what takes it back")
                        + ", or go back to a backup (restore)." + stopAbove(version));
        return null;
    }

    private static Migration.Sql script(String path, String text, @Nullable String conf) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Migration.Sql(
                new Script(path, path + " (kept in the history)", () -> new ByteArrayInputStream(bytes)),
                conf == null ? ScriptConf.NONE : ScriptConf.of(path, conf));
    }

    /** That helps with the newest of them only: above an older one there is still that. */
    private String stopAbove(Version version) {
        return problems.isEmpty()
                ? " Nothing else is rolled back either: to stop above this version, give rollback --to " + version + "."
                : "";
    }

    private void noteRepeatables() {
        if (!steps.isEmpty() && !history.repeatables().isEmpty()) {
            notes.add("Repeatable migrations are not rolled back: what they made stays, unless these scripts drop it."
                    + " They run again with the next migrate.");
        }
    }

    private void problem(@Nullable String script, String message, String action) {
        problems.add(new Problem(Problem.Kind.NO_ROLLBACK, script, message, action));
    }
}
