package dev.migrator.page;

/** Whose migrations these are. */
final class PageHead {

    private PageHead() {}

    static void write(Html html, String application) {
        html.start("header").css("top");
        html.element("h1", application.isEmpty() ? "Migrations" : application);
        html.element("p", application.isEmpty() ? "of this application's database" : "database migrations");
        html.end().line();
    }
}
