package dev.migrator.page;

import dev.migrator.MigrationInfo;
import java.util.Comparator;
import java.util.List;

/** How long migrations took, as a picture: the newest in their order, and the slowest by name. */
final class DurationsPart {

    private static final int COLUMNS = 60;
    private static final int SLOWEST = 5;
    private static final int WORTH_A_PICTURE = 3;

    private DurationsPart() {}

    static void write(Html html, PageModel model, ShownMigrator migrator) {
        List<MigrationInfo> timed = migrator.status().migrations().stream()
                .filter(migration ->
                        migration.durationMs() != null && !migration.state().equals("skipped"))
                .toList();
        if (timed.size() < WORTH_A_PICTURE) {
            return;
        }
        html.start("div").css("durations");
        html.element("h3", "Durations");
        List<MigrationInfo> shown = timed.subList(Math.max(0, timed.size() - COLUMNS), timed.size());
        skyline(html, shown);
        slowest(html, model, migrator, timed);
        html.end().line();
    }

    private static void skyline(Html html, List<MigrationInfo> shown) {
        long longest = shown.stream().mapToLong(PastRun::ms).max().orElse(0);
        html.start("figure");
        html.start("svg")
                .css("skyline")
                .with("viewBox", "0 0 " + shown.size() * 10 + " 100")
                .with("width", 300)
                .with("height", 96)
                .with("preserveAspectRatio", "none")
                .with("role", "img")
                .with(
                        "aria-label",
                        "The durations of the last " + shown.size() + " migrations, in their order; the longest is "
                                + Words.duration(longest));
        int x = 0;
        for (MigrationInfo migration : shown) {
            long height = height(PastRun.ms(migration), longest);
            html.start("rect")
                    .with("data-state", migration.state())
                    .with("x", x + 1)
                    .with("y", 100 - height)
                    .with("width", 8)
                    .with("height", height)
                    .with("fill", "currentColor");
            String name = migration.version() == null ? migration.description() : migration.version();
            html.element("title", name + ": " + Words.duration(PastRun.ms(migration)));
            html.end();
            x += 10;
        }
        html.end();
        html.element(
                "figcaption",
                "The last " + shown.size() + ", the newest at the right; ten times as long is one step higher.");
        html.end();
    }

    /** A few are slow and most are quick: a linear picture would show one bar. */
    private static long height(long ms, long longest) {
        return Math.max(3, Math.round(100 * Math.log10(ms + 1.0) / Math.log10(Math.max(10, longest + 1.0))));
    }

    private static void slowest(Html html, PageModel model, ShownMigrator migrator, List<MigrationInfo> timed) {
        List<MigrationInfo> slowest = timed.stream()
                .sorted(Comparator.comparingLong(PastRun::ms).reversed())
                .limit(SLOWEST)
                .toList();
        html.element("h4", "The slowest");
        html.start("ol").css("slowest");
        for (MigrationInfo migration : slowest) {
            html.start("li");
            html.element("span", "version", migration.version() == null ? "R" : migration.version())
                    .text(" ");
            html.start("span").css("name");
            MigrationLink.write(html, model, migrator, migration, migration.description());
            html.end().text(" ");
            DurationBar.write(html, PastRun.ms(migration), PastRun.ms(slowest.get(0)));
            html.text(" ").element("span", "ms", Words.duration(PastRun.ms(migration)));
            html.end();
        }
        html.end();
    }
}
