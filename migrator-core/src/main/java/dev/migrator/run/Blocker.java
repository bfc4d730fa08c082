package dev.migrator.run;

import dev.migrator.postgres.Activity.Blocking;
import dev.migrator.sql.OneLine;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Another session that keeps a migration waiting, or one that such a session waits for in turn.
 *
 * @param pid its backend's process id; 0 for a prepared transaction, which has none
 * @param application its {@code application_name}, empty where it gave none; for what the server does by itself, and for a
 *     prepared transaction, what it is: {@code autovacuum of public.orders (to prevent wraparound)}
 * @param state its state as {@code pg_stat_activity} says it ({@code active}, {@code idle in transaction}, …), or null where
 *     that may not be seen; {@code ended} if its transaction has ended since it was seen
 * @param age how long its transaction has been open, or null where that may not be seen
 * @param query its current or last query, cut at 200 characters; null where that may not be seen
 * @param waitsFor the process ids of those whom it waits for itself; they stand in the same list
 */
public record Blocker(
        int pid,
        String application,
        @Nullable String state,
        @Nullable Duration age,
        @Nullable String query,
        List<Integer> waitsFor) {

    static List<Blocker> of(List<Blocking> sessions) {
        return sessions.stream()
                .map(session -> new Blocker(
                        session.pid(),
                        session.name(),
                        session.state(),
                        session.age(),
                        session.query(),
                        session.waitsFor()))
                .toList();
    }

    /** All of them in one line, with their queries; empty for none. */
    public static String describe(List<Blocker> blockers) {
        return blockers.stream()
                .map(blocker -> blocker.describe() + (blocker.query == null ? "" : ": " + OneLine.of(blocker.query)))
                .collect(Collectors.joining("; "));
    }

    /** As {@code pid 4711 (psql, idle in transaction for 3 min)}: without its query, which not everybody is to see. */
    public String describe() {
        StringBuilder text = new StringBuilder(application);
        append(text, age == null ? state : (state == null ? "in a transaction" : state) + " for " + readable(age));
        append(
                text,
                waitsFor.isEmpty()
                        ? null
                        : "waiting for "
                                + waitsFor.stream()
                                        .map(other -> other == 0 ? "a prepared transaction" : "pid " + other)
                                        .collect(Collectors.joining(" and ")));
        if (pid == 0) {
            return text.toString();
        }
        return "pid " + pid + (text.isEmpty() ? "" : " (" + text + ")");
    }

    private static void append(StringBuilder text, @Nullable String part) {
        if (part != null) {
            text.append(text.isEmpty() ? "" : ", ").append(part);
        }
    }

    private static String readable(Duration age) {
        if (age.toSeconds() < 60) {
            return age.toMillis() < 1000 ? age.toMillis() + " ms" : age.toSeconds() + " s";
        }
        return age.toMinutes() < 120 ? age.toMinutes() + " min" : age.toHours() + " h";
    }
}
