package dev.migrator.run;

import dev.migrator.history.TableName;
import dev.migrator.lock.Rivals;
import dev.migrator.plan.Problem;
import dev.migrator.postgres.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees whether another instance has migrated the database, or until when it has: takes no lock and writes nothing. */
final class Lookout {

    private static final Logger LOG = LoggerFactory.getLogger(Lookout.class);

    private static final String WHEN = "while it waited for another instance to migrate";

    private static final long FIRST_PAUSE_MS = 100;
    private static final long LONGEST_PAUSE_MS = 2_000;
    private static final long SAY_EVERY_MS = 30_000;

    private final RunContext context;
    private final RunOptions options;
    private final Cancellation cancellation;
    private final long start = System.nanoTime();
    private long said = -SAY_EVERY_MS;

    Lookout(RunContext context) {
        this.context = context;
        this.options = context.options();
        this.cancellation = context.cancellation();
    }

    /**
     * Looks once.
     *
     * @throws ValidationFailedException if something is pending, or wrong
     */
    void requireMigrated() {
        try (Session session = open(options.connectTimeout())) {
            Standing standing;
            try {
                standing = look(session);
            } finally {
                cancellation.end();
            }
            List<Problem> problems = new ArrayList<>(standing.plan().problems());
            Pending pending = new Pending(standing);
            if (!pending.isNothing()) {
                problems.add(pending.problem());
            }
            if (!problems.isEmpty()) {
                throw new ValidationFailedException(problems);
            }
        } catch (SQLException e) {
            throw Database.trouble("The database could not be looked at", e);
        }
    }

    /**
     * Looks again and again, until nothing is pending.
     *
     * @throws NotMigratedInTimeException if that takes longer than the limit
     * @throws ValidationFailedException if something is wrong, so that nobody with these migrations will run them
     */
    void awaitMigrated(Duration limit) {
        while (!migratedOnOneConnection(limit)) {
            pause(FIRST_PAUSE_MS);
        }
    }

    /** The answer is no if the connection breaks, as in a failover: the next one may tell. */
    private boolean migratedOnOneConnection(Duration limit) {
        try (Session session = open(limit.minusMillis(waitedMs()))) {
            boolean again = false;
            try {
                await(session, limit);
                return true;
            } catch (SQLException e) {
                cancellation.check(WHEN);
                again = waitedMs() < limit.toMillis() && Connecting.mayPass(e);
                if (!again) {
                    throw Database.trouble("The database could not be looked at", e);
                }
                LOG.info("The connection was lost while waiting; looking again over another one");
                return false;
            } finally {
                if (!again) {
                    cancellation.end();
                }
            }
        }
    }

    private void await(Session session, Duration limit) throws SQLException {
        long pause = FIRST_PAUSE_MS;
        Standing standing = look(session);
        while (!standing.plan().isEmpty()) {
            Pending pending = new Pending(standing);
            if (!standing.plan().problems().isEmpty()) {
                throw new ValidationFailedException(standing.plan().problems());
            }
            if (waitedMs() >= limit.toMillis()) {
                throw new NotMigratedInTimeException(limit, pending.describe() + " " + migrating(session));
            }
            if (waitedMs() - said >= SAY_EVERY_MS) {
                said = waitedMs();
                say(session, pending);
            }
            pause(Math.min(pause, Math.max(1, limit.toMillis() - waitedMs())));
            pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
            standing = lookAgain(session);
        }
        LOG.info("Nothing is pending: the database is migrated, after {} ms of waiting", waitedMs());
    }

    private Session open(Duration timeout) {
        return new Connecting(
                        context.database(),
                        timeout.isNegative() ? Duration.ZERO : timeout,
                        context.events(),
                        cancellation)
                .open();
    }

    private Standing look(Session session) throws SQLException {
        return Look.at(context, session, options.table(), true);
    }

    /** Who waits is cancelled while it waits, also if it just looks whether the wait is over. */
    private Standing lookAgain(Session session) throws SQLException {
        try {
            return look(session);
        } catch (RunCancelledException e) {
            cancellation.check(WHEN);
            throw e;
        }
    }

    private void say(Session session, Pending pending) throws SQLException {
        LOG.info(
                "Waiting until another instance has migrated the database, for {} s so far. {} {}",
                waitedMs() / 1000,
                pending.describe(),
                migrating(session));
    }

    private String migrating(Session session) throws SQLException {
        TableName table = new Preparation(session).resolve(options.table());
        String who =
                Rivals.of(Objects.requireNonNull(table.schema()), table.table()).find(session.connection());
        return who == null ? "Nobody migrates now." : "The migration lock is held by " + who + ".";
    }

    private void pause(long milliseconds) {
        try {
            cancellation.pause(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunCancelledException("The wait was interrupted.", Database.UNTOUCHED, Cancellation.ACTION, e);
        }
        cancellation.check(WHEN);
    }

    private long waitedMs() {
        return (System.nanoTime() - start) / 1_000_000;
    }
}
