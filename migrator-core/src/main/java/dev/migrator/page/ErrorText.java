package dev.migrator.page;

/** An error with its lines and its caret as they are. */
final class ErrorText {

    private ErrorText() {}

    static void write(Html html, String error, String label) {
        html.start("pre")
                .css("error")
                .with("tabindex", "0")
                .with("role", "group")
                .with("aria-label", label)
                // a parser takes the first line end away
                .text("\n" + error)
                .end();
    }
}
