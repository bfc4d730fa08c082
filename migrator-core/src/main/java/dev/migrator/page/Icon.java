package dev.migrator.page;

/** The drawings: each state and each kind has a shape of its own, so that no colour has to be seen. */
final class Icon {

    private Icon() {}

    /** The text beside it says the same, so it is not read out. */
    static void write(Html html, String name) {
        html.start("svg")
                .css("i")
                .with("width", 18)
                .with("height", 18)
                .with("aria-hidden", "true")
                .start("use")
                .with("href", "#i-" + name)
                .end()
                .end();
    }
}
