package dev.migrator.page;

import java.util.function.Consumer;

/**
 * What every page has around its content: the style, the script, the drawings, the way past the head.
 *
 * @param title the window's
 * @param state which drawing the tab shows
 * @param refreshSeconds after which a page without a script reloads itself; 0 for never
 */
record Document(String title, String state, int refreshSeconds) {

    String of(Consumer<Html> body) {
        Html html = new Html();
        html.doctype()
                .start("html")
                .with("lang", "en")
                .with("data-state", state)
                .line();
        head(html);
        html.line().start("body").line();
        html.start("a")
                .css("skip")
                .with("href", "#content")
                .text("Skip to the content")
                .end()
                .line();
        html.resource(Resource.DRAWINGS).line();
        body.accept(html);
        return html.line().end().line().end().line().toString();
    }

    private void head(Html html) {
        html.start("head").line();
        html.start("meta").with("charset", "utf-8").line();
        html.element("title", title).line();
        html.start("meta")
                .with("name", "viewport")
                .with("content", "width=device-width, initial-scale=1")
                .line();
        html.start("meta")
                .with("name", "color-scheme")
                .with("content", "light dark")
                .line();
        html.start("meta").with("name", "robots").with("content", "noindex").line();
        html.start("style").resource(Resource.STYLE).end().line();
        html.start("script").resource(Resource.SCRIPT).end().line();
        if (refreshSeconds > 0) {
            // where the script runs, it has begun a template, in which this does nothing
            html.start("meta").with("http-equiv", "refresh").with("content", refreshSeconds);
        }
        html.endOfTemplate().line().end();
    }
}
