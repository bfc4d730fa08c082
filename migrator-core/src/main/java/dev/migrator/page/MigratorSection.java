package dev.migrator.page;

/** All that there is to say of one migrator. */
final class MigratorSection {

    private MigratorSection() {}

    /**
     * Writes it.
     *
     * @param number its number on the page, from 1
     */
    static void write(Html html, PageModel model, ShownMigrator migrator, int number) {
        html.start("section")
                .css("migrator")
                .with("data-migrator", migrator.name())
                .with("data-context", migrator.context())
                .with("data-state", migrator.state())
                .with("aria-labelledby", "migrator-" + number)
                .line();
        head(html, migrator, number);
        LivePart.write(html, model, migrator);
        if (model.detailsHidden()) {
            html.element("p", "note", "Details are hidden (migrator.endpoint.show-details).")
                    .line();
        }
        if (!model.operations().isEmpty()) {
            OperationButtons.write(html, model, migrator);
        }
        FailurePart.write(html, model, migrator);
        NotesPart.write(html, migrator);
        html.start("div").css("columns");
        html.start("div");
        HistoryPart.write(html, model, migrator);
        html.end().start("div");
        PendingPart.write(html, model, migrator);
        DurationsPart.write(html, model, migrator);
        html.end().end();
        TablePart.write(html, model, migrator, number);
        html.end().line();
    }

    private static void head(Html html, ShownMigrator migrator, int number) {
        html.start("h2").with("id", "migrator-" + number);
        if (migrator.context() != null) {
            html.element("span", "context", migrator.context()).text(" ");
        }
        html.text(migrator.name()).text(" ");
        String schema = migrator.status().schema();
        html.element(
                "code", (schema == null ? "" : schema + ".") + migrator.status().table());
        html.end().line();
    }
}
