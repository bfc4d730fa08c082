package dev.migrator.page;

import dev.migrator.MigrationInfo;
import java.util.List;

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
        problems.forEach(problem -> ErrorText.write(html, problem, "Error"));
        for (MigrationInfo migration : failed) {
            failed(html, model, migrator, migration);
        }
        if (model.detailsHidden() && problems.isEmpty()) {
            html.element("p", "The error itself is not shown to you; the application's log has it.");
        }
        html.end().line();
    }

    private static void failed(Html html, PageModel model, ShownMigrator migrator, MigrationInfo migration) {
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
        boolean said = migrator.status().problems().stream().anyMatch(problem -> problem.contains(migration.script()));
        if (migration.error() != null && !said) {
            ErrorText.write(html, migration.error(), "Error of " + migration.script());
        }
    }
}
