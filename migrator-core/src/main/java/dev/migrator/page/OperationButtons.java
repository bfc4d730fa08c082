package dev.migrator.page;

/** What the reader may start. The script shows the buttons, since without it they could do nothing. */
final class OperationButtons {

    private OperationButtons() {}

    static void write(Html html, PageModel model, ShownMigrator migrator) {
        html.start("div").css("operations").with("role", "group").with("aria-label", "Operations on " + migrator.key());
        for (Operation operation : Operation.values()) {
            if (model.operations().contains(operation)) {
                html.start("button")
                        .with("type", "button")
                        .with("data-operation", operation.code())
                        .with("data-question", operation.question(migrator.name()))
                        .flag("disabled", !operation.applies(migrator))
                        .flag("hidden", true)
                        .text(operation.label())
                        .end();
            }
        }
        html.start("p").css("answer").with("role", "status").end();
        html.end().line();
    }

    /** In which the script asks before it starts anything. */
    static void dialog(Html html) {
        html.start("dialog").css("ask").with("aria-labelledby", "ask-question");
        html.start("form").with("method", "dialog");
        html.start("p").with("id", "ask-question").end();
        html.start("div");
        html.start("button").with("value", "no").text("No, leave it").end();
        html.start("button").with("value", "yes").css("yes").text("Yes, do it").end();
        html.end().end().end();
    }
}
