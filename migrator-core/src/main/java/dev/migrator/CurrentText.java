package dev.migrator;

import dev.migrator.MigratorStatus.Current;
import dev.migrator.run.Blocker;
import dev.migrator.run.Phase;
import dev.migrator.run.ServerProgress;
import dev.migrator.sql.OneLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a run is, in one line: {@code V7__add_index.sql (3 of 9) still runs after 1 min 30 s: statement 2 of 5 (line 14: CREATE
 * INDEX …), for 1 min 12 s; CREATE INDEX CONCURRENTLY, building index: scanning table, 43% (1234 of 2869 blocks)}.
 */
final class CurrentText {

    private static final int MAX_TEXT = 60;

    private CurrentText() {}

    static String of(Current current) {
        if (current.phase() == Phase.BACKING_UP) {
            return "The backup has been written for " + time(current.phaseMs())
                    + (current.detail() == null ? "" : ": " + current.detail());
        }
        if (current.script() == null) {
            return "The run has gone on for " + time(current.elapsedMs());
        }
        List<String> facts = new ArrayList<>();
        statement(current, facts);
        if (current.server() != null) {
            facts.add(server(current.server()));
        }
        if (current.rows() != null) {
            facts.add(current.rows() + " rows so far");
        }
        if (!current.blockers().isEmpty()) {
            facts.add("blocked by " + Blocker.describe(current.blockers()));
        }
        if (current.attempt() > 1) {
            facts.add("attempt " + current.attempt());
        }
        if (current.estimateMs() != null) {
            facts.add("it took " + time(current.estimateMs()) + " before");
        }
        return current.script()
                // a callback of the whole run has no time of its own
                + (current.step() == 0
                        ? " runs, and the run has gone on for "
                        : " (" + current.step() + " of " + current.steps() + ") still runs after ")
                + time(current.elapsedMs())
                + (facts.isEmpty() ? "" : ": " + String.join("; ", facts));
    }

    private static void statement(Current current, List<String> facts) {
        if (current.statement() == 0) {
            return;
        }
        String of = current.statements() == 0 ? "" : " of " + current.statements();
        if (current.line() == 0) {
            // a migration in Java has units of its own
            facts.add(current.statement() + of);
            return;
        }
        facts.add("statement " + current.statement() + of + " (line " + current.line()
                + (current.text() == null ? "" : ": " + OneLine.start(current.text(), MAX_TEXT)) + ")"
                + (current.statementMs() == null ? "" : ", for " + time(current.statementMs())));
    }

    private static String server(ServerProgress server) {
        return server.command()
                + (server.phase().isEmpty() ? "" : ", " + server.phase())
                + (server.percent() == null
                        ? server.done() == 0 ? "" : ", " + server.done() + " " + server.unit()
                        : ", " + server.percent() + "% (" + server.done() + " of " + server.total() + " "
                                + server.unit() + ")");
    }

    private static String time(long ms) {
        Duration duration = Duration.ofMillis(ms);
        if (duration.toSeconds() < 60) {
            return duration.toSeconds() + " s";
        }
        return duration.toMinutes() < 60
                ? duration.toMinutes() + " min " + duration.toSecondsPart() + " s"
                : duration.toHours() + " h " + duration.toMinutesPart() + " min";
    }
}
