package dev.migrator.page;

import dev.migrator.MigrationInfo;

/** The page of one migration: its script, its statements and what has become of it. */
public final class DetailsPage {

    private DetailsPage() {}

    /** The whole page, as HTML. */
    public static String of(DetailsModel model) {
        MigrationInfo first = model.found().get(0).details().migration();
        String state = first.state();
        String title = Character.toUpperCase(state.charAt(0)) + state.substring(1) + " · " + MigrationPart.name(first)
                + (model.application().isEmpty() ? "" : " · " + model.application());
        return new Document(title, state, 0).of(html -> {
            html.start("header").css("top").start("nav").with("aria-label", "Pages");
            html.start("a")
                    .with("href", model.links().overview())
                    .text("All migrations")
                    .end();
            html.end();
            if (!model.application().isEmpty()) {
                html.element("p", model.application());
            }
            html.end().line();
            html.start("main").with("id", "content");
            boolean several = model.found().size() > 1;
            if (several) {
                html.element("h1", model.asked());
            }
            int number = 1;
            for (DetailsModel.Found found : model.found()) {
                MigrationPart.write(html, found, several ? 2 : 1, "d" + number++, model.detailsHidden());
            }
            html.end();
        });
    }
}
