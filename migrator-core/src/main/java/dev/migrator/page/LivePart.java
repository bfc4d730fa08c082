package dev.migrator.page;

import dev.migrator.MigrationInfo;
import dev.migrator.MigratorStatus;
import dev.migrator.MigratorStatus.Current;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What changes while something runs: how the migrator stands, and what it does. */
final class LivePart {

    private LivePart() {}

    static void write(Html html, PageModel model, ShownMigrator migrator) {
        Current current = migrator.isRunning() ? migrator.status().current() : null;
        html.start("div")
                .css("live")
                .with("data-key", migrator.key())
                .with("data-state", migrator.state())
                .with("data-step", current == null ? null : String.valueOf(current.step()))
                .with("data-stamp", stamp(migrator.status()));
        banner(html, migrator);
        if (current != null) {
            NowPart.write(html, model, migrator, current);
        }
        html.end().line();
    }

    /** Another one says that the lists, and what went wrong, are not those that the page has: a run may end between two looks. */
    private static String stamp(MigratorStatus status) {
        List<MigrationInfo> history = status.history();
        return Integer.toHexString(Objects.hash(
                status.migrations().size(),
                status.currentVersion(),
                status.pending(),
                history.size(),
                history.isEmpty() ? null : history.get(history.size() - 1),
                status.problems(),
                status.notes()));
    }

    private static void banner(Html html, ShownMigrator migrator) {
        MigratorStatus status = migrator.status();
        html.start("div").with("role", "status");
        html.start("div").css("state").with("data-state", migrator.state());
        Icon.write(html, migrator.state());
        html.start("p");
        html.element("strong", migrator.headline()).text(" ");
        html.element("span", "word", migrator.state());
        html.end();
        Facts.start(html, "figures")
                .fact("Current version", orNone(status.currentVersion()))
                .fact("Latest version", orNone(status.latestVersion()))
                .fact("Pending", Words.number(status.pending()))
                .end();
        html.end().end();
    }

    private static String orNone(@Nullable String version) {
        return version == null ? "none" : version;
    }
}
