package dev.migrator.page;

import dev.migrator.run.Blocker;
import dev.migrator.sql.OneLine;
import java.util.List;

/** Who keeps a migration waiting, and whom these wait for. */
final class BlockersPart {

    private BlockersPart() {}

    static void write(Html html, List<Blocker> blockers) {
        if (blockers.isEmpty()) {
            return;
        }
        html.start("div").css("blockers");
        html.start("h4");
        Icon.write(html, "blocked");
        html.text("It waits for").end();
        html.start("ul");
        for (Blocker blocker : blockers) {
            html.start("li").element("span", blocker.describe());
            if (blocker.query() != null && !blocker.query().isBlank()) {
                html.start("code").css("query");
                SqlText.write(html, OneLine.of(blocker.query()));
                html.end();
            }
            html.end();
        }
        html.end().end();
    }
}
