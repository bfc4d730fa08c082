package dev.migrator.page;

import dev.migrator.MigrationDetails;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The overview and every migration's page in one document, for whoever has no server to ask: a pipeline's artefact. */
public final class Report {

    /** A browser that gets more is no help to anybody; in characters. */
    static final int MAX_LENGTH = 20_000_000;

    private final List<ShownMigrator> migrators;
    private final Function<ShownMigrator, Stream<MigrationDetails>> details;
    private final ReportLinks links;
    private final int maxLength;

    private Report(
            List<ShownMigrator> migrators, Function<ShownMigrator, Stream<MigrationDetails>> details, int maxLength) {
        this.migrators = migrators;
        this.details = details;
        this.links = new ReportLinks(migrators);
        this.maxLength = maxLength;
    }

    /**
     * The whole document, as HTML. Where it would become longer than 20 million characters, the texts of the remaining scripts
     * are left out, and it says so.
     *
     * @param application what the application is called; empty where that is not known
     * @param migrators in the order in which they run
     * @param details all that is known of a migrator's migrations
     */
    public static String of(
            String application,
            List<ShownMigrator> migrators,
            Function<ShownMigrator, Stream<MigrationDetails>> details) {
        return of(application, migrators, details, MAX_LENGTH);
    }

    static String of(
            String application,
            List<ShownMigrator> migrators,
            Function<ShownMigrator, Stream<MigrationDetails>> details,
            int maxLength) {
        return new Report(migrators, details, maxLength).write(application);
    }

    private String write(String application) {
        PageModel model = PageModel.of(application, migrators).with(links).refreshedEvery(0);
        return new Document(model.title(), model.state(), 0).of(html -> {
            PageHead.write(html, application);
            html.start("main").with("id", "content");
            StatusPage.content(html, model);
            migrators.forEach(migrator -> migrations(html, migrator));
            html.start("p").css("more").text("Written at ");
            Moment.write(html, Instant.now());
            html.end().end();
        });
    }

    private void migrations(Html html, ShownMigrator migrator) {
        html.start("section").css("report").with("aria-label", "Each migration of " + migrator.key());
        html.element("h2", migrators.size() > 1 ? "Each migration of " + migrator.key() : "Each migration");
        try (Stream<MigrationDetails> all = details.apply(migrator)) {
            all.forEach(each -> migration(html, migrator, each));
        }
        html.end().line();
    }

    private void migration(Html html, ShownMigrator migrator, MigrationDetails each) {
        MigrationDetails shown = each;
        if (html.length() > maxLength && (each.sql() != null || each.rollbackSql() != null)) {
            html.element("p", "note", "The report would be too long with the text of the next script; it is left out.");
            shown = new MigrationDetails(
                    each.migration(), each.history(), null, false, List.of(), each.rollbackScript(), null);
        }
        DetailsModel.Found found = new DetailsModel.Found(migrator.context(), migrator.name(), shown);
        MigrationPart.write(html, found, 3, links.anchor(migrator, each.migration()), false);
    }
}
