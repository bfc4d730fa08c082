package dev.migrator.run;

import dev.migrator.history.Sights;
import dev.migrator.history.Sights.StatementTime;
import dev.migrator.history.Sights.Wait;
import dev.migrator.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what the observer sees of one step: the statements that took long, and whom it waited for. Between two looks it
 * reckons by the server's own clock, which says when the statement began that it runs.
 *
 * <p>Not safe for use by several threads.
 */
final class StepSights {

    /** What is quicker is seen by chance only. */
    private static final long WORTH_TELLING_MS = 1000;

    private static final int MAX_STATEMENTS = 100;
    private static final int MAX_WAITS = 10;

    private final Map<Integer, StatementTime> statements = new TreeMap<>();
    private final Map<Integer, Wait> waits = new LinkedHashMap<>();
    private final Set<Integer> ofThisAttempt = new HashSet<>();
    private int attempts = 1;
    private @Nullable Look last;

    /**
     * One look.
     *
     * @param beganMs when the statement began that the server runs, in milliseconds of this JVM's clock
     */
    private record Look(Statement statement, long atMs, long beganMs) {}

    /** An attempt begins; if it is not the first one, what the last one has done is undone. */
    void attempt(int number) {
        if (number > 1) {
            attempts++;
            statements.keySet().removeAll(ofThisAttempt);
        }
        ofThisAttempt.clear();
        last = null;
    }

    /**
     * Which statement is done, as far as the last look tells, when the one that runs now began at a moment; 0 if it tells
     * nothing.
     */
    int passed(long beganMs) {
        Look before = last;
        if (before == null) {
            return 0;
        }
        return beganMs > before.atMs ? before.statement.number() : before.statement.number() - 1;
    }

    /**
     * A look has met a statement.
     *
     * @param nowMs this JVM's clock, in milliseconds
     * @param elapsedMs for how long the statement has run
     */
    void saw(Statement statement, long nowMs, long elapsedMs) {
        Look before = last;
        Look now = new Look(statement, nowMs, nowMs - elapsedMs);
        if (before != null && before.statement.number() + 1 == statement.number()) {
            // the one began when the other ended
            put(before.statement, now.beganMs - before.beganMs);
        }
        put(statement, elapsedMs);
        last = now;
    }

    /**
     * A look has met something that is none of the script's statements in flight.
     *
     * @param lastSent the last of these, or null; if the look before has met it, it ended when the other began at the latest
     */
    void sawAnother(@Nullable Statement lastSent, long nowMs, long elapsedMs) {
        Look before = last;
        if (before != null && lastSent != null && before.statement.number() == lastSent.number()) {
            put(before.statement, nowMs - elapsedMs - before.beganMs);
        }
        last = null;
    }

    /**
     * A look has met somebody who keeps it waiting.
     *
     * @param forMs since the last look, or, if that met nobody, since the statement began
     */
    void waited(Blocker blocker, long forMs) {
        Wait before = waits.get(blocker.pid());
        if (before != null || waits.size() < MAX_WAITS) {
            waits.put(blocker.pid(), new Wait(blocker.describe(), forMs + (before == null ? 0 : before.ms())));
        }
    }

    /** All that was sent has been answered; {@code lastSent} is the last statement of it, or null. */
    void answered(@Nullable Statement lastSent, long nowMs) {
        Look before = last;
        if (before != null && lastSent != null && before.statement.number() == lastSent.number()) {
            put(before.statement, nowMs - before.beganMs);
        }
        last = null;
    }

    private void put(Statement statement, long ms) {
        if (ms >= WORTH_TELLING_MS
                && (statements.size() < MAX_STATEMENTS || statements.containsKey(statement.number()))) {
            ofThisAttempt.add(statement.number());
            statements.put(statement.number(), new StatementTime(statement.number(), statement.line(), ms));
        }
    }

    Sights sights() {
        return new Sights(attempts, List.copyOf(waits.values()), new ArrayList<>(statements.values()));
    }
}
