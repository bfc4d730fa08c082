package dev.migrator.run;

import dev.migrator.postgres.IndexTwins;
import dev.migrator.postgres.IndexTwins.Twin;
import dev.migrator.sql.IndexStatement;
import dev.migrator.sql.Statement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes CREATE INDEX CONCURRENTLY sound: PostgreSQL leaves an invalid index behind whenever it fails, which IF NOT EXISTS
 * takes for the real one and which an index without a name would stand beside for ever ("Building Indexes Concurrently" in
 * its manual). A leftover is dropped before the index is built, and again if that fails.
 */
final class ConcurrentIndex {

    private static final Logger LOG = LoggerFactory.getLogger(ConcurrentIndex.class);

    private static final long POLL_MS = 500;

    private final Work work;
    private final Failures failures;
    private final Statement statement;
    private final IndexStatement index;
    private final IndexTwins twins;

    ConcurrentIndex(Work work, Failures failures, Statement statement, IndexStatement index) {
        this.work = work;
        this.failures = failures;
        this.statement = statement;
        this.index = index;
        this.twins = new IndexTwins(work.session().connection());
    }

    /**
     * Builds the index, unless an attempt whose outcome a crash hid has done so.
     *
     * @param outcomeHidden whether an earlier run may have executed just this statement
     */
    void run(boolean outcomeHidden, BareStatement.Send statementItself) throws StepFailure {
        waitForBuilders();
        if (outcomeHidden && twins(true).stream().anyMatch(Twin::valid)) {
            LOG.info(
                    "The index of {} line {} is there and valid: an earlier run has built it",
                    statement.text(),
                    statement.line());
            return;
        }
        dropInvalid();
        try {
            statementItself.send();
        } catch (StepFailure e) {
            work.beginToTidyUp();
            if (!e.isConnectionLost()) {
                tidyAfter(e);
            }
            throw e;
        }
        requireValid();
    }

    private void requireValid() throws StepFailure {
        try {
            for (Twin twin : twins.invalidAfter(index)) {
                throw failures.of(
                        statement,
                        new SQLException("the index " + twin.name()
                                + " is there and invalid: PostgreSQL does not use it. Drop it, and start again"));
            }
        } catch (SQLException e) {
            throw failures.of("The table's indexes could not be looked at", e);
        }
    }

    private void tidyAfter(StepFailure failure) {
        try {
            dropInvalid();
        } catch (StepFailure e) {
            failure.addSuppressed(e);
        }
    }

    private void dropInvalid() throws StepFailure {
        waitForBuilders();
        for (Twin twin : twins(false)) {
            LOG.info("Dropping the invalid index {}, which an earlier attempt has left", twin.name());
            drop(twin);
        }
    }

    private void drop(Twin twin) throws StepFailure {
        Outbox outbox = Outbox.forTheSakeOf(statement, work, failures);
        outbox.add(
                "The invalid index " + twin.name() + " could not be dropped", "DROP INDEX CONCURRENTLY " + twin.name());
        outbox.flush();
    }

    /** The backend of an instance that died, or lost its connection, can go on building for a while, and come to its end. */
    private void waitForBuilders() throws StepFailure {
        List<Twin> building = building();
        if (building.isEmpty()) {
            return;
        }
        LOG.info(
                "The index {} is being built by another session; waiting for its end",
                building.get(0).name());
        Events events = work.events();
        events.tell(new RunEvent.StepProgress(
                events.runId(),
                Instant.now(),
                failures.script(),
                statement.number(),
                failures.statements(),
                statement.line(),
                "waiting for another session, which builds " + building.get(0).name(),
                List.of()));
        try {
            do {
                if (work.cancellation().isRequested()) {
                    throw failures.cancelled();
                }
                work.cancellation().pause(POLL_MS);
            } while (!building().isEmpty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failures.of(e);
        }
    }

    private List<Twin> building() throws StepFailure {
        return twins(false).stream().filter(Twin::beingBuilt).toList();
    }

    private List<Twin> twins(boolean valid) throws StepFailure {
        try {
            return twins.of(index, valid);
        } catch (SQLException e) {
            throw failures.of("The table's indexes could not be looked at", e);
        }
    }
}
