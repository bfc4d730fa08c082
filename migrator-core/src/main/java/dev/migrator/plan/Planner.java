package dev.migrator.plan;

import dev.migrator.history.History;
import dev.migrator.history.HistoryRow;
import dev.migrator.history.Kind;
import dev.migrator.history.State;
import dev.migrator.migration.Found;
import dev.migrator.migration.Migration;
import dev.migrator.migration.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the plan: a pure function of what was found, what the history says, and the rules. */
public final class Planner {

    private final Found found;
    private final History history;
    private final Rules rules;
    private final boolean schemaEmpty;

    private final List<Migration> versioned = new ArrayList<>();
    private final List<Migration> repeatable = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Problems problems = new Problems();
    /** The rows of history of versions that are found here. */
    private int rowsFound;

    private @Nullable Version baseline;

    private Planner(Found found, History history, Rules rules, boolean schemaEmpty) {
        this.found = found;
        this.history = history;
        this.rules = rules;
        this.schemaEmpty = schemaEmpty;
    }

    /**
     * Makes the plan.
     *
     * @param schemaEmpty whether the schema holds nothing of anybody's; of importance only while there is no history
     */
    public static Plan plan(Found found, History history, Rules rules, boolean schemaEmpty) {
        return new Planner(found, history, rules, schemaEmpty).plan();
    }

    private Plan plan() {
        sort();
        found.issues().forEach(problems::of);
        notes.addAll(found.notes());
        problems.ofDuplicates(versioned, repeatable);
        decideBaseline();
        boolean cutOff = planVersioned();
        boolean ahead = lookForMissing();
        planRepeatables(cutOff, ahead);
        lookForRollbacks();
        List<Migration> all = new ArrayList<>(versioned);
        all.addAll(repeatable);
        return new Plan(all, history.exists() && !history.isEmpty() ? null : baseline, steps, problems.all(), notes);
    }

    private void sort() {
        for (Migration migration : found.migrations()) {
            (migration.repeatable() ? repeatable : versioned).add(migration);
        }
        versioned.sort(Comparator.comparing(migration -> version(migration)));
        repeatable.sort(Comparator.comparing(Migration::description));
    }

    private void decideBaseline() {
        baseline = history.baseline();
        if (baseline == null
                && !schemaEmpty
                && history.isEmpty()
                && !found.migrations().isEmpty()) {
            if (rules.baselineOnMigrate()) {
                baseline = rules.baselineVersion();
            } else {
                problems.ofTablesWithoutHistory();
            }
        }
    }

    /** Answers whether the target left something out. */
    private boolean planVersioned() {
        Version highest = highestApplied();
        boolean cutOff = false;
        HistoryRow last = null;
        for (Migration migration : versioned) {
            Version version = version(migration);
            HistoryRow row = history.of(version);
            if (row != null && row != last) {
                rowsFound++;
                last = row;
            }
            if (row != null && done(row)) {
                compare(migration, row);
            } else if (isBelowBaseline(version)) {
                continue;
            } else if (rules.target() != null && version.compareTo(rules.target()) > 0) {
                cutOff = true;
            } else {
                if (row == null && highest != null && version.compareTo(highest) < 0 && !rules.outOfOrder()) {
                    problems.ofOrder(migration, highest);
                }
                steps.add(Step.forward(migration, row, null));
            }
        }
        if (cutOff) {
            notes.add("Versions above the target " + rules.target() + " and repeatable migrations are left out.");
        }
        return cutOff;
    }

    private @Nullable Version highestApplied() {
        Version highest = null;
        for (HistoryRow row : history.versions()) {
            Version version = row.version();
            if (version != null && done(row) && (highest == null || version.compareTo(highest) > 0)) {
                highest = version;
            }
        }
        return highest;
    }

    private boolean isBelowBaseline(Version version) {
        return baseline != null && version.compareTo(baseline) <= 0;
    }

    private static boolean done(HistoryRow row) {
        return row.state() == State.APPLIED || row.state() == State.SKIPPED;
    }

    private void compare(Migration migration, HistoryRow row) {
        if (row.state() == State.APPLIED && row.kind() != Kind.BASELINE && Identity.differs(migration, row)) {
            problems.ofChange(migration, row);
        }
    }

    /** Answers whether the history is ahead of what is found here: another, newer instance has been at work. */
    private boolean lookForMissing() {
        if (rowsFound == history.versions().size()) {
            return false;
        }
        Set<Version> known = new HashSet<>();
        versioned.forEach(migration -> known.add(version(migration)));
        Version highest = versioned.isEmpty() ? null : version(versioned.get(versioned.size() - 1));
        List<Version> above = new ArrayList<>();
        List<Version> missing = new ArrayList<>();
        for (HistoryRow row : history.versions()) {
            Version version = row.version();
            if (version == null || known.contains(version) || row.kind() == Kind.BASELINE || leftNothing(row)) {
                continue;
            }
            if (highest == null || version.compareTo(highest) > 0) {
                above.add(version);
            } else if (!isBelowBaseline(version)) {
                missing.add(version);
            }
        }
        missing.sort(Comparator.naturalOrder());
        missing.forEach(version -> problems.ofMissing(Objects.requireNonNull(history.of(version))));
        if (!above.isEmpty()) {
            above.sort(Comparator.naturalOrder());
            notes.add("The database has " + above.size() + (above.size() == 1 ? " version" : " versions")
                    + " above the highest that is known here (" + (highest == null ? "none" : highest) + "): "
                    + abbreviated(above) + ". A newer release of the application has been at work; no repeatable"
                    + " migration is run.");
        }
        return !above.isEmpty();
    }

    /** Failed as a whole. Of one that was cut off, nobody knows what its first statement left. */
    private static boolean leftNothing(HistoryRow row) {
        return row.state() == State.FAILED && row.statementsDone() == 0 && !row.hidesOutcome();
    }

    /** A version of which a part is taken back: nothing that builds on it may run. */
    private void lookForRollbacks() {
        LooseMigrations loose = new LooseMigrations(found);
        for (HistoryRow row : history.rollbacks()) {
            if (!loose.leftSomething(row)) {
                continue;
            }
            if (steps.isEmpty()) {
                notes.add("The rollback of version " + row.version() + " (" + row.script()
                        + ") did not come to its end; rollback goes on with it.");
            } else {
                problems.ofUnfinishedRollback(row);
            }
        }
    }

    private static String abbreviated(List<Version> versions) {
        int shown = Math.min(versions.size(), 5);
        String text = String.join(
                ", ", versions.subList(0, shown).stream().map(Version::text).toList());
        return shown == versions.size() ? text : text + ", …";
    }

    private void planRepeatables(boolean cutOff, boolean ahead) {
        Set<String> known = new HashSet<>();
        for (Migration migration : repeatable) {
            known.add(migration.description());
            HistoryRow row = history.ofRepeatable(migration.description());
            // what it made may have gone with a table that was taken back
            boolean current =
                    row != null && done(row) && !Identity.differs(migration, row) && !history.takenBackSince(row);
            if (!current && !cutOff && !ahead) {
                HistoryRow unfinished = row == null || done(row) ? null : row;
                boolean another = unfinished != null && Identity.differs(migration, unfinished);
                steps.add(Step.forward(migration, another ? null : unfinished, another ? unfinished : null));
            }
        }
        if (!ahead) {
            for (HistoryRow row : history.repeatables()) {
                if (done(row) && !known.contains(row.description())) {
                    notes.add("The repeatable migration " + row.script()
                            + " was applied and is no longer found here; what it made stays.");
                }
            }
        }
    }

    private static Version version(Migration migration) {
        return Objects.requireNonNull(migration.version());
    }
}
