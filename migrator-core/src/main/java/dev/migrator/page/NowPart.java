package dev.migrator.page;

import dev.migrator.MigrationInfo;
import dev.migrator.MigratorStatus.Current;
import dev.migrator.run.Phase;
import dev.migrator.run.ServerProgress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a run does at this moment. */
final class NowPart {

    private NowPart() {}

    static void write(Html html, PageModel model, ShownMigrator migrator, Current current) {
        html.start("div").css("now");
        what(html, model, migrator, current);
        bars(html, current);
        if (current.text() != null && !current.text().isBlank()) {
            html.start("pre")
                    .css("statement")
                    .with("tabindex", "0")
                    .with("role", "group")
                    .with("aria-label", "The statement that runs");
            SqlText.write(html, current.text());
            html.end();
        }
        BlockersPart.write(html, current.blockers());
        facts(html, current);
        html.end();
    }

    private static void what(Html html, PageModel model, ShownMigrator migrator, Current current) {
        String script = current.script();
        html.start("h3").css("what");
        if (script == null) {
            html.text(PhaseWords.of(current.phase()));
        } else {
            MigrationInfo info = migrator.status().migrations().stream()
                    .filter(each -> each.script().equals(script))
                    .findFirst()
                    .orElse(null);
            if (current.version() != null) {
                html.element("span", "version", current.version()).text(" ");
            }
            if (info == null) {
                html.text(script);
            } else {
                MigrationLink.write(html, model, migrator, info, script);
            }
        }
        html.end();
    }

    private static void bars(Html html, Current current) {
        html.start("div").css("bars");
        String steps = current.step() == 0 ? "" : current.step() + " of " + current.steps();
        bar(html, "run-progress", "This run", current.runPercent(), steps);
        if (current.step() > 0) {
            String statements = current.statements() == 0
                    ? ""
                    : "statement " + Words.number(current.statement()) + " of " + Words.number(current.statements());
            bar(html, "step-progress", "This migration", current.stepPercent(), statements);
        }
        ServerProgress server = current.server();
        if (server != null) {
            String label = server.phase().isEmpty() ? server.command() : server.command() + ", " + server.phase();
            bar(html, "server-progress", label, server.percent(), amount(server));
        }
        html.end();
    }

    private static String amount(ServerProgress server) {
        String done = Words.number(server.done());
        return server.total() <= 0
                ? server.done() == 0 ? "" : done + " " + server.unit()
                : done + " of " + Words.number(server.total()) + " " + server.unit();
    }

    private static void bar(Html html, String css, String label, @Nullable Integer percent, String amount) {
        html.start("div").css("bar");
        html.element("span", "label", label).text(" ");
        html.element("span", "amount", amount).text(" ");
        html.start("progress")
                .css(css)
                .with("max", 100)
                .with("value", percent == null ? null : percent.toString())
                .with("aria-label", label)
                .text(percent == null ? "" : percent + " %")
                .end()
                .text(" ");
        html.element("span", "percent", percent == null ? "" : percent + " %");
        html.end();
    }

    private static void facts(Html html, Current current) {
        boolean inStep = current.step() > 0;
        Facts.start(html, "facts")
                .fact("Phase", PhaseWords.of(current.phase()))
                .fact(detailWord(current), current.detail())
                .duration("In this phase for", inStep ? null : (Long) current.phaseMs())
                .fact("Statement", statement(current))
                .duration("Statement runs for", current.statementMs())
                .duration(inStep ? "Migration runs for" : "Run goes on for", current.elapsedMs())
                .fact("Estimate", estimate(current))
                .fact("Rows so far", current.rows() == null ? null : Words.number(current.rows()))
                .fact("Attempt", current.attempt() > 1 ? Words.number(current.attempt()) : null)
                .fact("Retries in this run", current.retries() > 0 ? Words.number(current.retries()) : null)
                .fact("Asked for by", current.actor())
                .time("Run began", current.startedAt())
                .end();
    }

    private static String detailWord(Current current) {
        if (current.phase() == Phase.WAITING_FOR_LOCK) {
            return "Waiting for";
        }
        return current.attempt() > 1 ? "Tried again because" : "Detail";
    }

    private static @Nullable String statement(Current current) {
        if (current.statement() == 0 || current.statements() == 0) {
            return null;
        }
        return Words.number(current.statement()) + " of " + Words.number(current.statements())
                + (current.line() == 0 ? "" : ", line " + Words.number(current.line()));
    }

    private static @Nullable String estimate(Current current) {
        Long estimate = current.estimateMs();
        if (estimate == null) {
            return null;
        }
        long left = Objects.requireNonNull(estimate) - current.elapsedMs();
        return left > 0
                ? "about " + Words.duration(left) + " more, if it takes as long as before (" + Words.duration(estimate)
                        + ")"
                : "it took " + Words.duration(estimate) + " before, and takes longer now";
    }
}
