package dev.migrator.page;

import dev.migrator.MigrationInfo;
import java.util.List;

/** What the next run would do, and what another instance has begun. */
final class PendingPart {

    private static final int SHOWN = 30;

    private PendingPart() {}

    static void write(Html html, PageModel model, ShownMigrator migrator) {
        begunElsewhere(html, model, migrator);
        List<MigrationInfo> pending = migrator.status().migrations().stream()
                .filter(migration -> migration.state().equals("pending"))
                .toList();
        if (pending.isEmpty()) {
            return;
        }
        html.start("div").css("pending");
        html.element("h3", "Pending");
        html.start("ol");
        pending.stream().limit(SHOWN).forEach(migration -> item(html, model, migrator, migration));
        html.end();
        if (pending.size() > SHOWN) {
            html.element(
                    "p", "more", "and " + Words.number(pending.size() - SHOWN) + " more, which stand in the table");
        }
        html.end().line();
    }

    private static void item(Html html, PageModel model, ShownMigrator migrator, MigrationInfo migration) {
        html.start("li");
        html.element("span", "version", migration.version() == null ? "R" : migration.version())
                .text(" ");
        MigrationLink.write(html, model, migrator, migration, migration.description());
        html.end();
    }

    private static void begunElsewhere(Html html, PageModel model, ShownMigrator migrator) {
        List<MigrationInfo> begun = migrator.begunElsewhere();
        if (begun.isEmpty()) {
            return;
        }
        html.start("div").css("pending elsewhere");
        html.element("h3", "Begun, with no end recorded").start("ol");
        begun.forEach(migration -> item(html, model, migrator, migration));
        html.end();
        html.element(
                "p",
                "more",
                "Nothing runs here. Either the instance that began it is still at work, or it died; then the next run goes on"
                        + " where it stopped.");
        html.end().line();
    }
}
