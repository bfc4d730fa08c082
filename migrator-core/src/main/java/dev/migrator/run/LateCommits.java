package dev.migrator.run;

import dev.migrator.history.HistoryWriter;
import java.util.List;

/**
 * Commits whose way to the disk nobody waits for: those of scripts with others behind them in the run. The server writes them in
 * their order, each with its history row, and a commit that is waited for is behind all before it. A crash of the server takes back
 * whole scripts, the last ones of some three times its {@code wal_writer_delay}, and their rows with them: they are pending again. A
 * failover does so with what the standby has not received.
 *
 * <p>Behind a pooler there are none: what a script has set is reset there before it is committed.
 *
 * @see <a href="https://www.postgresql.org/docs/current/wal-async-commit.html">PostgreSQL: Asynchronous Commit</a>
 */
final class LateCommits {

    /** In front of the script, so that what it sets itself counts. */
    static final String DO_NOT_WAIT = "SET LOCAL synchronous_commit TO off";

    /** For the disk, but for no standby: that may be away, and a session that waits for one cannot be made to let go of its lock. */
    private static final String WAIT = "SET LOCAL synchronous_commit TO local";

    private boolean outstanding;
    private boolean told;

    /** One is about to be sent. */
    void sent() {
        outstanding = true;
    }

    /** It has been committed, and what it did is told as done. */
    void committed() {
        told = true;
    }

    /** A transaction behind them has been waited for. */
    void settled() {
        outstanding = false;
        told = false;
    }

    /** Whether a crash of the server might take back what the run has told as done. */
    boolean areTold() {
        return told;
    }

    /**
     * What a transaction consists of that has them on the disk when it is committed; nothing where they are there already. It has
     * to write something, for the server waits for no other one; where it cannot soon, the server writes them by itself.
     */
    List<String> settle(HistoryWriter history) {
        return outstanding ? List.of(WAIT, TimeLimits.BRIEF, history.touched()) : List.of();
    }
}
