package dev.migrator.page;

import dev.migrator.MigrationInfo;
import java.util.List;

/** What the next run would do. */
final class PendingPart {

    private static final int SHOWN = 30;

    private PendingPart() {}

    static void write(Html html, PageModel model, ShownMigrator migrator) {
        List<MigrationInfo> pending = migrator.status().migrations().stream()
                .filter(migration -> migration.state().equals("pending"))
                .toList();
        if (pending.isEmpty()) {
            return;
        }
        html.start("div").css("pending");
        html.element("h3", "Pending");
        html.start("ol");
        pending.stream().limit(SHOWN).forEach(migration -> {
            html.start("li");
            html.element("span", "version", migration.version() == null ? "R" : migration.version())
                    .text(" ");
            MigrationLink.write(html, model, migrator, migration, migration.description());
            html.end();
        });
        html.end();
        if (pending.size() > SHOWN) {
            html.element(
                    "p", "more", "and " + Words.number(pending.size() - SHOWN) + " more, which stand in the table");
        }
        html.end().line();
    }
}
