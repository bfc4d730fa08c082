package dev.migrator.page;

import dev.migrator.MigrationInfo;
import java.time.Instant;
import java.util.List;

/** What has run, as a timeline: the newest run first. */
final class HistoryPart {

    private static final int RUNS = 50;
    private static final int ROWS = 12;

    private final Html html;
    private final PageModel model;
    private final ShownMigrator migrator;

    private HistoryPart(Html html, PageModel model, ShownMigrator migrator) {
        this.html = html;
        this.model = model;
        this.migrator = migrator;
    }

    static void write(Html html, PageModel model, ShownMigrator migrator) {
        html.start("div").css("history");
        html.element("h3", "History");
        new HistoryPart(html, model, migrator).runs(PastRun.of(migrator.status().history()));
        html.end().line();
    }

    private void runs(List<PastRun> runs) {
        if (runs.isEmpty()) {
            html.element("p", "more", "Nothing was recorded yet.");
        }
        runs.stream().limit(RUNS).forEach(this::run);
        if (runs.size() > RUNS) {
            html.element(
                    "p",
                    "more",
                    Words.count(runs.size() - RUNS, "older run is", "older runs are")
                            + " not drawn here; their migrations stand in the table.");
        }
    }

    private void run(PastRun run) {
        html.start("article")
                .css("run")
                .with("data-key", run.rows().get(0).runId())
                .with("data-mark", run.mark());
        html.start("h4");
        Icon.write(html, run.mark());
        html.text(run.headline()).end();
        meta(run);
        long longest = run.longestMs();
        html.start("ol");
        run.rows().stream().limit(ROWS).forEach(row -> row(row, longest));
        html.end();
        if (run.rows().size() > ROWS) {
            html.element(
                    "p", "more", "and " + Words.number(run.rows().size() - ROWS) + " more, which stand in the table");
        }
        html.end().line();
    }

    private void meta(PastRun run) {
        html.start("p").css("meta");
        Instant at = run.startedAt();
        if (at != null) {
            Moment.write(html, at);
        }
        part("in " + Words.duration(run.durationMs()));
        if (run.by() != null) {
            part("by " + run.by());
        }
        if (run.instance() != null) {
            part("on " + run.instance());
        }
        if (run.backup() != null) {
            part("backup: " + run.backup());
        }
        html.end();
    }

    private void part(String text) {
        html.text(" ").element("span", text);
    }

    private void row(MigrationInfo row, long longest) {
        String mark = PastRun.mark(row);
        html.start("li").with("data-mark", mark);
        html.element("span", "version", row.version() == null ? "R" : row.version())
                .text(" ");
        html.start("span").css("name");
        MigrationLink.ofRow(html, model, migrator, row);
        if (!mark.equals("applied")) {
            html.text(" ").element("span", "word", mark);
        }
        html.end().text(" ");
        if (row.durationMs() != null) {
            DurationBar.write(html, row.durationMs(), longest);
            html.text(" ").element("span", "ms", Words.duration(row.durationMs()));
        }
        html.end();
    }
}
