package dev.migrator.plan;

import dev.migrator.history.HistoryRow;
import dev.migrator.migration.Found;
import dev.migrator.migration.Migration;
import dev.migrator.migration.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Collects the problems of one plan, in plain words. */
final class Problems {

    private final List<Problem> problems = new ArrayList<>();

    List<Problem> all() {
        return problems;
    }

    void of(Found.Issue issue) {
        switch (issue.kind()) {
            case NO_LOCATION ->
                add(
                        Problem.Kind.LOCATION,
                        issue.where(),
                        issue.message(),
                        "Correct migrator.locations, or create the location.");
            case UNKNOWN_NAME ->
                add(
                        Problem.Kind.UNKNOWN_FILE,
                        issue.where(),
                        issue.message(),
                        "Rename it, as V12__add_email.sql, 0012_add_email.sql or R__views.sql; or move it out of the location, or"
                                + " let its name begin with an underscore, if it is no migration.");
            case UNKNOWN_CALLBACK ->
                add(
                        Problem.Kind.UNKNOWN_FILE,
                        issue.where(),
                        issue.message(),
                        "Rename it, as afterMigrate.sql or afterMigrate__grants.sql, if one of those does what it is meant for;"
                                + " else move it out of the location, or let its name begin with an underscore.");
            case UNREADABLE ->
                add(Problem.Kind.UNREADABLE, issue.where(), issue.message(), "Make it readable for the application.");
            case CONF -> add(Problem.Kind.UNREADABLE, issue.where(), issue.message(), "Correct the line.");
            case JAVA_CLASS ->
                add(
                        Problem.Kind.UNREADABLE,
                        issue.where(),
                        issue.message(),
                        "Let it implement JavaMigration and have a constructor without arguments, or hand it over as an object"
                                + " (a bean); if it is no migration, rename it or move it out of the location.");
            case DUPLICATE -> add(Problem.Kind.DUPLICATE, issue.where(), issue.message(), "Remove one of them.");
        }
    }

    /** Both are sorted: those that claim one version, or have one description, stand together. */
    void ofDuplicates(List<Migration> versioned, List<Migration> repeatable) {
        ofDuplicates(versioned, Migration::version, "version ", "");
        ofDuplicates(repeatable, Migration::description, "description '", "'");
    }

    private void ofDuplicates(
            List<Migration> sorted, Function<Migration, @Nullable Object> identity, String before, String after) {
        Migration first = null;
        Object claimed = null;
        for (Migration migration : sorted) {
            Object claim = identity.apply(migration);
            if (first == null || !Objects.equals(claim, claimed)) {
                first = migration;
                claimed = claim;
            } else {
                add(
                        Problem.Kind.DUPLICATE,
                        migration.script(),
                        "Two migrations have the " + before + claim + after + ": "
                                + first.content().origin() + " and "
                                + migration.content().origin() + ".",
                        "Give one of them a number of its own.");
            }
        }
    }

    void ofTablesWithoutHistory() {
        add(
                Problem.Kind.NOT_EMPTY,
                null,
                "The schema has tables already, but no history of migrations.",
                "If it is the right database, say up to which version it is there: migrator.baseline.on-migrate=true and"
                        + " migrator.baseline.version.");
    }

    void ofChange(Migration migration, HistoryRow row) {
        add(
                Problem.Kind.CHANGED,
                migration.script(),
                migration.script() + " was changed after it was applied: it has the checksum " + migration.checksum()
                        + ", and " + row.checksum() + " was applied.",
                "Take the change back, and put it into a new migration.");
    }

    void ofMissing(HistoryRow row) {
        add(
                Problem.Kind.MISSING,
                row.script(),
                "Version " + row.version() + " (" + row.script() + ") is "
                        + row.state().code() + " in the history, and is not found here.",
                "Restore the file, or correct migrator.locations.");
    }

    void ofOrder(Migration migration, Version highest) {
        add(
                Problem.Kind.OUT_OF_ORDER,
                migration.script(),
                migration.script() + " is pending, and version " + highest + " above it is applied already.",
                "Give it a version above " + highest + ", or allow it with migrator.out-of-order=true.");
    }

    void ofUnfinishedRollback(HistoryRow row) {
        add(
                Problem.Kind.ROLLBACK_UNFINISHED,
                row.script(),
                "The rollback of version " + row.version() + " (" + row.script() + ") has stopped "
                        + where(row) + ": a part of that version "
                        + (row.statementsDone() > 0 ? "is" : "may be")
                        + " gone, and nothing that builds on it may run.",
                "Roll back again, which goes on there; then migrate.");
    }

    /** Up to where it came: what follows "has stopped". */
    static String where(HistoryRow row) {
        return row.statementsTotal() == 0 ? "in its middle" : row.stopped();
    }

    private void add(Problem.Kind kind, @Nullable String script, String message, String action) {
        problems.add(new Problem(kind, script, message, action));
    }
}
