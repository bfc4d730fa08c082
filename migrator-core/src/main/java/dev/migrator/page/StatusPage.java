package dev.migrator.page;

/** The overview: how migrators stand, what runs, what has run, and what is to come. */
public final class StatusPage {

    private StatusPage() {}

    /** The whole page, as HTML. */
    public static String of(PageModel model) {
        int refresh = model.isRunning() ? model.refreshSeconds() : 0;
        return new Document(model.title(), model.state(), refresh).of(html -> {
            PageHead.write(html, model.application());
            html.start("main")
                    .with("id", "content")
                    .with("data-overview", model.links().overview())
                    .flag("data-live", model.refreshSeconds() > 0);
            content(html, model);
            html.end();
        });
    }

    /**
     * The parts of it that change while something runs, for its script, which asks for them with {@code ?part=now}: how each
     * migrator stands and what it does, however many migrations there are.
     */
    public static String now(PageModel model) {
        Html html = new Html();
        html.start("div").css("parts").with("data-title", model.title()).with("data-state", model.state());
        model.migrators().forEach(migrator -> LivePart.write(html, model, migrator));
        return html.end().toString();
    }

    static void content(Html html, PageModel model) {
        if (model.migrators().isEmpty()) {
            html.element("p", "note", "There is nothing that migrates here.");
        }
        int number = 1;
        for (ShownMigrator migrator : model.migrators()) {
            MigratorSection.write(html, model, migrator, number++);
        }
        if (!model.operations().isEmpty()) {
            OperationButtons.dialog(html);
        }
        html.start("p").css("offline").with("role", "status").end();
    }
}
