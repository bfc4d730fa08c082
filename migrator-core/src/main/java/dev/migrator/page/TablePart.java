package dev.migrator.page;

import dev.migrator.MigrationInfo;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All migrations in a table, with a form that filters it: at once where the script runs, else by asking the server. */
final class TablePart {

    private static final List<String> COLUMNS =
            List.of("Version", "Description", "Kind", "State", "When", "Took", "By");

    /** A browser lays out only those bodies of a table that are in sight. */
    private static final int ROWS_AT_ONCE = 100;

    private TablePart() {}

    static void write(Html html, PageModel model, ShownMigrator migrator, int number) {
        List<MigrationInfo> all = migrator.status().migrations();
        List<MigrationInfo> shown =
                newestFirst(all.stream().filter(model.filter()::shows).toList());
        String id = number == 1 ? "migrations" : "migrations-" + number;
        html.start("div").css("all");
        html.start("h3").with("id", id + "-heading").text("Migrations").end();
        form(html, model, id);
        html.start("p")
                .css("count")
                .with("aria-live", "polite")
                .text(count(shown.size(), all.size()))
                .end();
        html.start("table")
                .css("migrations")
                .with("id", id)
                .with("aria-labelledby", id + "-heading")
                .line();
        html.start("thead").start("tr");
        COLUMNS.forEach(
                column -> html.start("th").with("scope", "col").text(column).end());
        html.end().end().line();
        int from = 0;
        do {
            int to = Math.min(shown.size(), from + ROWS_AT_ONCE);
            html.start("tbody").line();
            shown.subList(from, to).forEach(migration -> row(html, model, migrator, migration));
            html.end().line();
            from = to;
        } while (from < shown.size());
        html.end().end().line();
    }

    private static String count(int shown, int all) {
        return shown == all
                ? Words.count(all, "migration", "migrations")
                : Words.number(shown) + " of " + Words.count(all, "migration", "migrations");
    }

    /** They come in the order of running; repeatables stay behind the versions. */
    private static List<MigrationInfo> newestFirst(List<MigrationInfo> migrations) {
        List<MigrationInfo> versions = new ArrayList<>();
        List<MigrationInfo> repeatables = new ArrayList<>();
        for (int i = migrations.size() - 1; i >= 0; i--) {
            MigrationInfo migration = migrations.get(i);
            (migration.version() == null ? repeatables : versions).add(migration);
        }
        versions.addAll(repeatables);
        return versions;
    }

    private static void form(Html html, PageModel model, String id) {
        PageFilter filter = model.filter();
        html.start("form")
                .css("filter")
                .with("method", "get")
                .with("role", "search")
                .with("aria-label", "Filter of " + id)
                // there only the script can filter, and shows it
                .flag("hidden", model.isReport());
        html.start("label").element("span", "Search").text(" ");
        html.start("input")
                .with("type", "search")
                .with("name", "q")
                .with("value", filter.q())
                .with("placeholder", "version, name, kind, who")
                .with("autocomplete", "off")
                .with("spellcheck", "false");
        html.end().text(" ").start("label").element("span", "State").text(" ");
        html.start("select").with("name", "state");
        option(html, "", "all", filter);
        PageFilter.STATES.forEach(state -> option(html, state, state, filter));
        html.end().end().text(" ");
        html.start("button").with("type", "submit").text("Filter").end();
        html.end();
    }

    private static void option(Html html, String value, String text, PageFilter filter) {
        html.start("option")
                .with("value", value)
                .flag("selected", value.equals(filter.state()))
                .text(text)
                .end();
    }

    private static void row(Html html, PageModel model, ShownMigrator migrator, MigrationInfo migration) {
        html.start("tr").with("data-state", migration.state());
        html.start("th")
                .with("scope", "row")
                .text(migration.version() == null ? "R" : migration.version())
                .end();
        html.start("td");
        MigrationLink.write(html, model, migrator, migration, migration.description());
        html.end();
        cell(html, migration.kind());
        cell(html, migration.state());
        html.start("td");
        if (migration.startedAt() != null) {
            Moment.write(html, migration.startedAt());
        }
        html.end();
        cell(html, migration.durationMs() == null ? null : Words.duration(migration.durationMs()));
        cell(html, PastRun.by(migration));
        html.end().line();
    }

    private static void cell(Html html, @Nullable String text) {
        html.element("td", text);
    }
}
