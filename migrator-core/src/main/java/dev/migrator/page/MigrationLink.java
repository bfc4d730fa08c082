package dev.migrator.page;

import dev.migrator.MigrationInfo;
import java.util.Objects;

/** Leads to a migration's own page. */
final class MigrationLink {

    private MigrationLink() {}

    static void write(Html html, PageModel model, ShownMigrator migrator, MigrationInfo migration, String text) {
        html.start("a")
                .with("href", model.links().details(migrator, migration))
                .with("title", migration.script())
                .text(text)
                .end();
    }

    /** The same for a row of the history, which leads nowhere if its migration is not known any more. */
    static void ofRow(Html html, PageModel model, ShownMigrator migrator, MigrationInfo row) {
        if (isKnown(migrator, row)) {
            write(html, model, migrator, row, row.description());
        } else {
            html.text(row.description());
        }
    }

    private static boolean isKnown(ShownMigrator migrator, MigrationInfo row) {
        return migrator.status().migrations().stream()
                .anyMatch(migration -> row.version() == null
                        ? migration.script().equals(row.script())
                        : Objects.equals(migration.version(), row.version()));
    }
}
