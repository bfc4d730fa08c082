package dev.migrator.run;

import dev.migrator.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is on its way to the server at this moment: written by the thread that runs, read by the one that observes. */
final class Progress {

    private volatile @Nullable InFlight inFlight;

    void sent(InFlight statements) {
        inFlight = statements;
    }

    void answered() {
        inFlight = null;
    }

    @Nullable
    InFlight inFlight() {
        return inFlight;
    }

    /**
     * Statements of one script that were sent and have not all been answered.
     *
     * @param statements those in flight, in order; never empty
     * @param total how many the script has in all
     * @param since when they were sent, as {@code System.nanoTime()} gives it
     */
    record InFlight(String script, List<Statement> statements, int total, long since) {

        /** Finds the statement that the server says it runs, whose text it cuts at some length; else the first. */
        Statement runningAs(@Nullable String query) {
            if (query != null && !query.isEmpty()) {
                for (Statement statement : statements) {
                    if (statement.text().startsWith(query)) {
                        return statement;
                    }
                }
            }
            return statements.get(0);
        }
    }
}
