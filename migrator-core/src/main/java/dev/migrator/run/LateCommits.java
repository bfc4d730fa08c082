package dev.migrator.run;

import dev.migrator.history.HistoryWriter;
import java.util.List;

/**
 * Commits whose way to the disk nobody waits for: those of scripts with others behind them in the run. The server writes them in
 * their order, each with its history row, and the next commit that is waited for is behind them all. A crash of the server in
 * between, within three times its {@code wal_writer_delay}, takes back whole scripts, the last ones, and their rows with them: they
 * are pending again.
 *
 * @see <a href="https://www.postgresql.org/docs/current/wal-async-commit.html">PostgreSQL: Asynchronous Commit</a>
 */
final class LateCommits {

    /** In front of the script, so that what it sets itself counts. */
    static final String DO_NOT_WAIT = "SET LOCAL synchronous_commit TO off";

    private static final String WAIT = "SET LOCAL synchronous_commit TO DEFAULT";

    private boolean outstanding;

    /** One has been committed. */
    void committed() {
        outstanding = true;
    }

    /** A transaction behind them has been waited for. */
    void settled() {
        outstanding = false;
    }

    /** Whether a crash of the server might take back what the run has told to be applied. */
    boolean areOutstanding() {
        return outstanding;
    }

    /**
     * What a transaction consists of that has them on the disk when it is committed; nothing where they are there already. It has
     * to write something, for the server waits for no other one.
     */
    List<String> settle(HistoryWriter history) {
        return outstanding ? List.of(WAIT, history.touched()) : List.of();
    }
}
