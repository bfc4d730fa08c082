package dev.migrator.page;

import dev.migrator.MigrationDetails;
import dev.migrator.MigrationInfo;
import dev.migrator.Observed;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All that is known of one migration. */
final class MigrationPart {

    private final Html html;
    private final MigrationDetails details;
    private final MigrationInfo migration;
    private final int level;
    private final String id;

    private MigrationPart(Html html, MigrationDetails details, int level, String id) {
        this.html = html;
        this.details = details;
        this.migration = details.migration();
        this.level = level;
        this.id = id;
    }

    /**
     * Writes it.
     *
     * @param level of its heading, from 1
     * @param id what no other element's id on the page begins with
     */
    static void write(Html html, DetailsModel.Found found, int level, String id, boolean hidden) {
        new MigrationPart(html, found.details(), level, id).all(found, hidden);
    }

    /** As {@code 12 · add index}. */
    static String name(MigrationInfo migration) {
        return migration.version() == null
                ? migration.description()
                : migration.version() + " · " + migration.description();
    }

    private void all(DetailsModel.Found found, boolean hidden) {
        html.start("article")
                .css("migration")
                .with("id", id)
                .with("data-version", migration.version())
                .with("data-state", migration.state())
                .with("data-migrator", found.migrator());
        heading(found);
        facts();
        if (hidden) {
            html.element("p", "note", "Details are hidden (migrator.endpoint.show-details).");
        }
        if (migration.error() != null) {
            html.start("div").css("failure");
            sub("What went wrong");
            ErrorText.write(html, migration.error(), "Error of " + migration.script());
            html.end();
        }
        script();
        statements();
        waits();
        history();
        rollback();
        html.end().line();
    }

    private void heading(DetailsModel.Found found) {
        html.start("h" + level).css("name");
        if (migration.version() != null) {
            html.element("span", "version", migration.version()).text(" ");
        }
        html.text(migration.description()).end();
        html.start("p").css("state").with("data-state", migration.state());
        Icon.write(html, migration.state());
        html.element("strong", migration.state()).text(" ");
        html.element("span", "where", (found.context() == null ? "" : found.context() + " · ") + found.migrator());
        html.end();
    }

    private void sub(String text) {
        html.element("h" + (level + 1), text);
    }

    private void facts() {
        Facts facts = Facts.start(html, "facts")
                .fact("Kind", migration.kind())
                .code("Script", migration.script())
                .code("Checksum", migration.checksum())
                .fact("Why it was skipped", migration.reason())
                .fact("Asked for by", migration.actor())
                .fact("Database role", migration.installedBy())
                .fact("Where", migration.instance())
                .time("Started", migration.startedAt())
                .duration("Took", migration.durationMs())
                .fact("Statements", statementsDone());
        Observed observed = migration.observed();
        if (observed != null && observed.attempts() > 1) {
            facts.fact("Attempts", Words.number(observed.attempts()));
        }
        facts.code("Backup before it", migration.backup())
                .code(
                        "Rollback script",
                        details.rollbackScript() == null ? migration.rollback() : details.rollbackScript())
                .code("Run", migration.runId())
                .end();
    }

    private @Nullable String statementsDone() {
        Integer done = migration.statementsDone();
        Integer total = migration.statementsTotal();
        return done == null || total == null || total == 0
                ? null
                : Words.number(done) + " of " + Words.number(total) + " done";
    }

    private void script() {
        String sql = details.sql();
        if (sql == null) {
            return;
        }
        html.start("div").css("script");
        sub("The script");
        if (details.cut()) {
            html.element("p", "note", "It is longer than this; only its beginning is shown.");
        }
        ScriptText.write(html, sql, "The script", id, details.statements(), ErrorLine.of(migration));
        html.end();
    }

    private void statements() {
        List<MigrationDetails.Statement> statements = details.statements();
        if (statements.isEmpty()) {
            return;
        }
        long longest = statements.stream()
                .mapToLong(statement -> statement.ms() == null ? 0 : statement.ms())
                .max()
                .orElse(0);
        html.start("div")
                .css("scroll")
                .with("tabindex", "0")
                .with("role", "group")
                .with("aria-label", "Statements");
        html.start("table").css("statements");
        html.element("caption", "Statements");
        head("No.", "Line", "Begins", "Took");
        html.start("tbody");
        for (MigrationDetails.Statement statement : statements) {
            html.start("tr");
            html.start("th")
                    .with("scope", "row")
                    .text(Words.number(statement.number()))
                    .end();
            html.start("td")
                    .start("a")
                    .with("href", "#" + ScriptText.anchor(id, statement.line()))
                    .text(String.valueOf(statement.line()))
                    .end()
                    .end();
            html.start("td").start("code");
            SqlText.write(html, statement.start());
            html.end().end().start("td");
            if (statement.ms() != null) {
                DurationBar.write(html, statement.ms(), longest);
                html.text(" " + Words.duration(statement.ms()));
            }
            html.end().end();
        }
        html.end().end().end();
    }

    private void head(String... columns) {
        html.start("thead").start("tr");
        for (String column : columns) {
            html.start("th").with("scope", "col").text(column).end();
        }
        html.end().end();
    }

    private void waits() {
        List<Observed.Wait> waits = details.history().stream()
                .map(MigrationInfo::observed)
                .flatMap(observed -> observed == null ? Stream.<Observed.Wait>of() : observed.waits().stream())
                .toList();
        if (waits.isEmpty()) {
            return;
        }
        html.start("div").css("waits");
        sub("It waited for");
        html.start("ul");
        for (Observed.Wait wait : waits) {
            html.start("li")
                    .element("span", wait.whom())
                    .text(" for " + Words.duration(wait.ms()))
                    .end();
        }
        html.end().end();
    }

    private void history() {
        if (details.history().isEmpty()) {
            return;
        }
        html.start("div")
                .css("scroll")
                .with("tabindex", "0")
                .with("role", "group")
                .with("aria-label", "What was recorded");
        html.start("table").css("recorded");
        html.element("caption", "What was recorded");
        head("What", "When", "Took", "By", "Where", "Error");
        html.start("tbody");
        for (MigrationInfo row : details.history()) {
            String mark = PastRun.mark(row);
            html.start("tr").with("data-mark", mark);
            html.start("th").with("scope", "row");
            Icon.write(html, mark);
            String kind = row.kind().equals(migration.kind()) || row.kind().equals(mark) ? "" : row.kind() + ", ";
            html.text(kind + mark).end();
            html.start("td");
            if (row.startedAt() != null) {
                Moment.write(html, row.startedAt());
            }
            html.end();
            html.element("td", row.durationMs() == null ? null : Words.duration(row.durationMs()));
            html.element("td", PastRun.by(row));
            html.element("td", row.instance());
            html.element("td", row.error());
            html.end();
        }
        html.end().end().end();
    }

    private void rollback() {
        if (details.rollbackSql() == null) {
            return;
        }
        html.start("div").css("rollback");
        sub("The rollback script");
        ScriptText.write(html, details.rollbackSql(), "The rollback script", id + "-rollback", List.of(), 0);
        html.end();
    }
}
