package dev.migrator.page;

/** A duration as a bar, beside the text that says it. */
final class DurationBar {

    private DurationBar() {}

    static void write(Html html, long ms, long longest) {
        long width = longest <= 0 ? 0 : Math.max(1, Math.min(100, ms * 100 / longest));
        html.start("svg")
                .css("length")
                .with("width", 100)
                .with("height", 6)
                .with("viewBox", "0 0 100 6")
                .with("preserveAspectRatio", "none")
                .with("aria-hidden", "true");
        html.start("rect")
                .with("width", width)
                .with("height", 6)
                .with("fill", "currentColor")
                .end();
        html.end();
    }
}
