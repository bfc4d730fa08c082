package dev.migrator.run;

import dev.migrator.lock.MigrationLock;
import dev.migrator.postgres.Session;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Finds out, over a new connection, what became of a step whose session was lost. As long as the lost session's backend
 * lives, it holds the migration lock, and may still come to the COMMIT that it has been sent.
 */
final class LostSession {

    private static final int ASKS = 20;
    private static final long PAUSE_MS = 50;
    private static final long PATIENCE_MS = 10_000;

    private final Database database;
    private final MigrationLock lock;

    LostSession(Database database, MigrationLock lock) {
        this.database = database;
        this.lock = lock;
    }

    /** In words; asked on a thread of its own, for a network that drops packets may give no answer for long. */
    String outcome(boolean oneTransaction, Remains remains) {
        FutureTask<String> question = new FutureTask<>(() -> ask(oneTransaction, remains));
        Thread thread = new Thread(question, "migrator-lost-session");
        thread.setDaemon(true);
        thread.start();
        try {
            return question.get(PATIENCE_MS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return unknown(remains);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unknown(remains);
        }
    }

    private static String unknown(Remains remains) {
        return "whether " + remains.script() + " was committed could not be asked; the history says it.";
    }

    private String ask(boolean oneTransaction, Remains remains) {
        try (Session session = openPrimary()) {
            boolean ended = hasEnded(session);
            if (remains.areCommitted(session.connection())) {
                return remains.script() + " had been committed" + remains.recorded();
            }
            String text = remains.notRecorded();
            if (!ended) {
                return text
                        + " so far, but its session, or another instance, is still at work on the server, and may yet"
                        + " commit it: the history says it.";
            }
            return oneTransaction
                    ? text + ": " + remains.undone() + "."
                    : text + ": " + remains.describe(session.connection());
        } catch (SQLException | MigratorException e) {
            return unknown(remains);
        }
    }

    /** A standby may not have heard yet of what is committed. */
    private Session openPrimary() throws SQLException {
        for (int ask = 1; ask <= ASKS; ask++) {
            Session session = database.open();
            if (isPrimary(session)) {
                return session;
            }
            session.close();
            if (!pause()) {
                break;
            }
        }
        throw new SQLException("All connections lead to a standby");
    }

    private static boolean isPrimary(Session session) throws SQLException {
        try {
            return !session.facts().inRecovery();
        } catch (SQLException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /** The server needs a moment to end a session. */
    private boolean hasEnded(Session session) throws SQLException {
        for (int ask = 1; !lock.isFree(session.connection()); ask++) {
            if (ask == ASKS || !pause()) {
                return false;
            }
        }
        return true;
    }

    private static boolean pause() {
        try {
            Thread.sleep(PAUSE_MS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
