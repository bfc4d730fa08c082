package dev.migrator.page;

/** What is worth knowing and no problem. */
final class NotesPart {

    private NotesPart() {}

    static void write(Html html, ShownMigrator migrator) {
        if (migrator.status().notes().isEmpty()) {
            return;
        }
        html.start("ul").css("notes").with("aria-label", "Notes");
        migrator.status().notes().forEach(note -> html.element("li", note));
        html.end().line();
    }
}
