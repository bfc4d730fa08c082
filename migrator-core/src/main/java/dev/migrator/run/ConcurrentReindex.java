package dev.migrator.run;

import dev.migrator.postgres.Traces;
import dev.migrator.sql.Effect;
import dev.migrator.sql.Statement;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes REINDEX CONCURRENTLY sound: where it does not come to its end, PostgreSQL leaves invalid indexes behind, which each
 * write to the table keeps up to date. They are dropped before the indexes are built again, and after a failure. One that
 * another session is at work on is safe: DROP waits for that session, and does not find the name afterwards.
 */
final class ConcurrentReindex {

    private static final Logger LOG = LoggerFactory.getLogger(ConcurrentReindex.class);

    private final Work work;
    private final Failures failures;
    private final Statement statement;
    private final Traces traces;
    private final Effect.Reindexed reindexed;

    ConcurrentReindex(Work work, Failures failures, Statement statement, Traces traces, Effect.Reindexed reindexed) {
        this.work = work;
        this.failures = failures;
        this.statement = statement;
        this.traces = traces;
        this.reindexed = reindexed;
    }

    void run(BareStatement.Send statementItself) throws SQLException, StepFailure {
        dropLeftovers();
        try {
            statementItself.send();
        } catch (StepFailure e) {
            work.beginToTidyUp();
            if (!e.isConnectionLost()) {
                tidyAfter(e);
            }
            throw e;
        }
    }

    private void tidyAfter(StepFailure failure) {
        try {
            dropLeftovers();
        } catch (SQLException | StepFailure e) {
            failure.addSuppressed(e);
        }
    }

    private void dropLeftovers() throws SQLException, StepFailure {
        for (String index : traces.leftovers(reindexed)) {
            LOG.info("Dropping the invalid index {}, which a REINDEX CONCURRENTLY has left", index);
            Outbox outbox = Outbox.forTheSakeOf(statement, work, failures);
            outbox.add(
                    "The invalid index " + index + " could not be dropped",
                    "DROP INDEX CONCURRENTLY IF EXISTS " + index);
            outbox.flush();
        }
    }
}
