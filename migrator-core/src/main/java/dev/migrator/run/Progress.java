package dev.migrator.run;

import dev.migrator.history.Sights;
import dev.migrator.postgres.Activity.Blocking;
import dev.migrator.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the thread that runs and the one that observes tell each other: what is on its way to the server at this moment, when
 * it is to be looked at, and who was seen to keep it waiting.
 *
 * <p>A look needs a second connection, so that it comes late, after a second; but before the time limit for locks runs out,
 * for then it is too late, and at once where an attempt has failed already.
 */
final class Progress {

    private static final long PATIENCE_MS = 1000;
    private static final long PATIENCE_WHEN_TRIED_AGAIN_MS = 20;
    private static final long INTERVAL_MS = 500;
    private static final long SHORTEST_INTERVAL_MS = 50;

    private @Nullable InFlight inFlight;
    private @Nullable InFlight last;
    private Reported reported = Reported.NOTHING;
    private long patienceMs = PATIENCE_MS;
    private long intervalMs = INTERVAL_MS;
    private boolean triedAgain;
    private long looked = System.nanoTime() - ms(INTERVAL_MS);
    private List<Blocking> blockers = List.of();
    private boolean looking;
    private boolean asked;
    private boolean unobserved;
    private StepSights sights = new StepSights();
    private long waitedUntil = looked;

    /** Another step begins, whose requests for locks wait so long at most; zero for "without end". */
    synchronized void begins(Duration lockTimeout) {
        long limit = lockTimeout.toMillis();
        patienceMs = limit == 0 ? PATIENCE_MS : Math.min(PATIENCE_MS, limit / 3);
        intervalMs = limit == 0 ? INTERVAL_MS : Math.max(SHORTEST_INTERVAL_MS, Math.min(INTERVAL_MS, limit / 4));
        blockers = List.of();
        triedAgain = false;
        last = null;
        reported = Reported.NOTHING;
        sights = new StepSights();
    }

    /** A Java migration says how far it is. */
    synchronized void reported(Reported units) {
        reported = units;
    }

    /** How far a Java migration has said that it is. */
    synchronized Reported reported() {
        return reported;
    }

    /** An attempt begins, from 1. */
    synchronized void attempt(int number) {
        triedAgain = number > 1;
        sights.attempt(number);
    }

    synchronized void sent(InFlight statements) {
        inFlight = statements;
        last = statements;
        notifyAll();
    }

    synchronized void answered() {
        InFlight sent = inFlight;
        inFlight = null;
        if (sent != null) {
            sights.answered(sent.lastStatement(), now());
        }
    }

    private static long now() {
        return System.nanoTime() / 1_000_000;
    }

    /** What was seen of the current step so far. */
    synchronized Sights sights() {
        return sights.sights();
    }

    /** Which statement is known to be done, by the last look and by what the server runs now for so long; 0 for none. */
    synchronized int passed(@Nullable Long elapsedMs) {
        return elapsedMs == null ? 0 : sights.passed(now() - elapsedMs);
    }

    /** The server runs this statement of those, or null for one that is none of them; for so long, or null if that is not known. */
    synchronized void runs(InFlight statements, @Nullable Statement statement, @Nullable Long elapsedMs) {
        if (elapsedMs == null || statements != inFlight) {
            return;
        }
        if (statement == null) {
            sights.sawAnother(statements.lastStatement(), now(), elapsedMs);
        } else {
            sights.saw(statement, now(), elapsedMs);
        }
    }

    synchronized @Nullable InFlight inFlight() {
        return inFlight;
    }

    /**
     * Asks who was last seen to keep the step waiting, and what they do by now; without an answer in time, as they were seen.
     *
     * @param patienceMs how long the answer may take, in milliseconds
     */
    synchronized List<Blocker> blockers(long patienceMs) {
        asked = !unobserved && (looking || !blockers.isEmpty());
        notifyAll();
        long end = System.nanoTime() + ms(patienceMs);
        try {
            for (long left = patienceMs; asked && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        asked = false;
        return Blocker.of(blockers);
    }

    /**
     * Waits for something to look at: statements that are due, or null where it is to be looked again at those who were
     * {@linkplain #seen seen}.
     */
    synchronized @Nullable InFlight awaitLook() throws InterruptedException {
        looking = false;
        while (!asked) {
            InFlight current = inFlight;
            if (current == null) {
                wait();
                continue;
            }
            long patience = triedAgain ? PATIENCE_WHEN_TRIED_AGAIN_MS : patienceMs;
            long due = Math.max(current.since() + ms(patience), looked + ms(intervalMs)) - System.nanoTime();
            if (due <= 0) {
                looked = System.nanoTime();
                looking = true;
                return current;
            }
            wait(due / 1_000_000, (int) (due % 1_000_000));
        }
        return null;
    }

    /** Who was last seen to keep the step waiting. */
    synchronized List<Blocking> seen() {
        return blockers;
    }

    /**
     * These keep the step waiting. The last who did stay known: it may fail before the next look.
     *
     * @param elapsedMs for how long the server has run the statement; null where that is not known
     */
    synchronized void seen(InFlight statements, List<Blocking> now, @Nullable Long elapsedMs) {
        if (statements == last && now.isEmpty()) {
            // what comes is another wait, which begins no earlier than now
            waitedUntil = System.nanoTime();
        } else if (statements == last) {
            blockers = now;
            long began = elapsedMs == null ? statements.since() : System.nanoTime() - ms(elapsedMs);
            long from = Math.max(began, waitedUntil);
            waitedUntil = System.nanoTime();
            sights.waited(Blocker.of(now).get(0), (waitedUntil - from) / 1_000_000);
        }
    }

    /** What they do now. */
    synchronized void seenAgain(List<Blocking> now) {
        if (asked) {
            blockers = now;
            asked = false;
            notifyAll();
        }
    }

    /** Nobody looks from now on. */
    synchronized void unobserved() {
        unobserved = true;
        asked = false;
        notifyAll();
    }

    private static long ms(long milliseconds) {
        return TimeUnit.MILLISECONDS.toNanos(milliseconds);
    }

    /** Units of a Java migration's own choice. */
    record Reported(long done, long total) {

        static final Reported NOTHING = new Reported(0, 0);
    }

    /**
     * Statements of one script that were sent and have not all been answered.
     *
     * @param statements those in flight, in order; empty for what is not a script's
     * @param total how many the script has in all
     * @param since when they were sent, as {@code System.nanoTime()} gives it
     * @param ofMigration whether they are a migration's; else they write the history, and the script is its table
     * @param sake the script's statement for whose sake something of ours was sent; null where that is not so
     */
    record InFlight(
            String script,
            List<Statement> statements,
            int total,
            long since,
            boolean ofMigration,
            @Nullable Statement sake) {

        InFlight(String script, List<Statement> statements, int total, long since) {
            this(script, statements, total, since, true, null);
        }

        static InFlight ofHistory(String table) {
            return new InFlight(table, List.of(), 0, System.nanoTime(), false, null);
        }

        /** The same, for the sake of a statement of the script. */
        InFlight forTheSakeOf(Statement statement) {
            return new InFlight(script, statements, total, since, ofMigration, statement);
        }

        private @Nullable Statement lastStatement() {
            return statements.isEmpty() ? null : statements.get(statements.size() - 1);
        }

        /**
         * Finds the statement that the server says it runs, whose text it cuts at some length; null if it runs none of these, as
         * a callback's, or the COMMIT. The first, if any, where the server does not say.
         *
         * @param passed the number of the last statement that is known to be done: several may have one text
         */
        @Nullable
        Statement runningAs(@Nullable String query, int passed) {
            if (query == null || query.isEmpty()) {
                return statements.isEmpty() ? null : statements.get(0);
            }
            for (Statement statement : statements) {
                if (statement.number() > passed && statement.text().startsWith(query)) {
                    return statement;
                }
            }
            return null;
        }
    }
}
