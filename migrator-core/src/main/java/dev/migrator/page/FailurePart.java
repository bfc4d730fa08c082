package dev.migrator.page;

import dev.migrator.MigrationInfo;
import dev.migrator.MigratorStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is wrong, and where. */
final class FailurePart {

    private FailurePart() {}

    static void write(Html html, PageModel model, ShownMigrator migrator) {
        List<String> problems = migrator.status().problems();
        List<MigrationInfo> failed = migrator.failed();
        boolean failedRun = migrator.state().equals("failed");
        if (problems.isEmpty() && failed.isEmpty() && !failedRun) {
            return;
        }
        html.start("div").css("failure");
        html.start("h3");
        Icon.write(html, "failed");
        html.text(failed.isEmpty() ? "What is wrong" : "What went wrong").end();
        List<String> others = new ArrayList<>(problems);
        for (MigrationInfo migration : failed) {
            which(html, model, migrator, migration);
            List<String> its = others.stream()
                    .filter(problem -> problem.contains(migration.script()))
                    .toList();
            its.forEach(problem -> ErrorText.write(html, problem, "Error of " + migration.script()));
            others.removeAll(its);
            if (its.isEmpty() && migration.error() != null) {
                ErrorText.write(html, migration.error(), "Error of " + migration.script());
            }
        }
        others.forEach(problem -> ErrorText.write(html, problem, "Error"));
        if (model.detailsHidden() && problems.isEmpty()) {
            html.element("p", "The error itself is not shown to you; the application's log has it.");
        }
        next(html, migrator.status());
        html.end().line();
    }

    private static void next(Html html, MigratorStatus status) {
        if (status.databaseState() != null || status.action() != null) {
            Facts.start(html, "next")
                    .fact("The database", sentence(status.databaseState()))
                    .fact("What to do next", status.action())
                    .end();
        }
    }

    /** It is written to follow a colon. */
    private static @Nullable String sentence(@Nullable String text) {
        return text == null || text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private static void which(Html html, PageModel model, ShownMigrator migrator, MigrationInfo migration) {
        html.start("p").css("which");
        if (migration.version() != null) {
            html.element("span", "version", migration.version()).text(" ");
        }
        MigrationLink.write(html, model, migrator, migration, migration.description());
        html.text(" ").element("span", "word", migration.state());
        if (migration.statementsDone() != null
                && migration.statementsTotal() != null
                && migration.statementsTotal() > 0) {
            html.text(" " + migration.statementsDone() + " of "
                    + Words.count(migration.statementsTotal(), "statement", "statements") + " done");
        }
        html.end();
    }
}
