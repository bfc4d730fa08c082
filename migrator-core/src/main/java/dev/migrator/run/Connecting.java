package dev.migrator.run;

import dev.migrator.postgres.Session;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets a run its connection. Where there is none to be had for a reason that can pass by itself (the server is still starting
 * or is just being replaced, has no connection to spare, its name is not known yet), it tries again for a while, with growing
 * pauses.
 */
final class Connecting {

    private static final Logger LOG = LoggerFactory.getLogger(Connecting.class);

    private static final Duration LEAST_PATIENCE = Duration.ofSeconds(10);

    private static final long FIRST_PAUSE_MS = 200;
    private static final long LONGEST_PAUSE_MS = 2_000;
    private static final long SAY_EVERY_MS = 5_000;

    /** Causes may lead round in a circle. */
    private static final int MAX_DEPTH = 20;

    /** Wrong password, no such role or right, no such database: the server is there, and will not change its mind. */
    private static final Set<String> FINAL = Set.of("28P01", "28000", "3D000", "42501");

    /** Nobody there, connection broken, shutting down or starting up, too many connections. */
    private static final Set<String> PASSING =
            Set.of("08000", "08001", "08003", "08006", "57P01", "57P02", "57P03", "53300");

    private final Database database;
    private final Duration timeout;
    private final Events events;
    private final Cancellation cancellation;
    private final long start = System.nanoTime();

    /**
     * Describes how to connect.
     *
     * @param timeout for how long new attempts are begun; zero for one attempt
     */
    Connecting(Database database, Duration timeout, Events events, Cancellation cancellation) {
        this.database = database;
        this.timeout = timeout;
        this.events = events;
        this.cancellation = cancellation;
    }

    /** For what a run is about. */
    static Connecting of(RunContext context) {
        return new Connecting(
                context.database(), context.options().connectTimeout(), context.events(), context.cancellation());
    }

    /**
     * The connection, on which the run can be cancelled from now on.
     *
     * @throws DatabaseUnreachableException if there is none to be had
     * @throws RunCancelledException if the run was cancelled meanwhile
     */
    Session open() {
        Session session = connect();
        cancellation.over(session);
        if (cancellation.mustStop()) {
            session.close();
            cancellation.check("while it was connecting");
        }
        return session;
    }

    private Session connect() {
        long pause = FIRST_PAUSE_MS;
        long said = -SAY_EVERY_MS;
        while (true) {
            try {
                return limited(database.connect());
            } catch (SQLException | RuntimeException e) {
                cancellation.check("while it was connecting");
                long triedMs = triedMs();
                if (triedMs + pause > timeout.toMillis() || !mayPass(e)) {
                    throw unreachable(e, triedMs);
                }
                if (triedMs - said >= SAY_EVERY_MS) {
                    said = triedMs;
                    say(e, triedMs);
                }
                pause(pause, e);
                pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
            }
        }
    }

    /** Until there is something to observe, nobody else would notice that the network drops the packets. */
    private Session limited(Session session) throws SQLException {
        try {
            session.limitAnswers(patience(timeout));
            return session;
        } catch (SQLException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /** How long an answer may take that is nothing but a look. */
    static Duration patience(Duration connectTimeout) {
        return connectTimeout.compareTo(LEAST_PATIENCE) < 0 ? LEAST_PATIENCE : connectTimeout;
    }

    private void say(Exception e, long triedMs) {
        long leftSeconds = Math.max(1, (timeout.toMillis() - triedMs) / 1000);
        LOG.warn("No connection to the database yet, trying for another {} s: {}", leftSeconds, reason(e));
        events.phase(Phase.CONNECTING, reason(e));
    }

    private void pause(long milliseconds, Exception reason) {
        try {
            cancellation.pause(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(reason, triedMs());
        }
        cancellation.check("while it was connecting");
    }

    private long triedMs() {
        return (System.nanoTime() - start) / 1_000_000;
    }

    private static DatabaseUnreachableException unreachable(Exception e, long triedMs) {
        return triedMs < 1_000 || !mayPass(e)
                ? Database.unreachable("", "", e)
                : Database.unreachable(
                        " in " + triedMs / 1000 + " s of trying",
                        " If it only needs longer to start, try for longer, with migrator.connect.timeout.",
                        e);
    }

    /** Pools say only that they have none to give; what the driver said stands in the causes. */
    private static String reason(Throwable thrown) {
        List<Throwable> causes = causes(thrown);
        return String.valueOf(causes.stream()
                .filter(SQLException.class::isInstance)
                .reduce((outer, inner) -> inner)
                .orElse(thrown)
                .getMessage());
    }

    static boolean mayPass(Throwable thrown) {
        boolean passing = false;
        for (Throwable cause : causes(thrown)) {
            if (cause instanceof GeneralSecurityException) {
                // a certificate that is not trusted
                return false;
            }
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                if (FINAL.contains(sql.getSQLState())) {
                    return false;
                }
                passing |= PASSING.contains(sql.getSQLState());
            }
        }
        return passing;
    }

    /** Whether the driver, or the server by it, has given this SQLSTATE. */
    static boolean hasState(Throwable thrown, String sqlState) {
        return causes(thrown).stream()
                .anyMatch(cause -> cause instanceof SQLException sql && sqlState.equals(sql.getSQLState()));
    }

    /** Whether neither the driver nor the server has said what is wrong, as where a pool has none to give. */
    static boolean saysNothing(Throwable thrown) {
        List<Throwable> causes = causes(thrown);
        return causes.stream().anyMatch(SQLException.class::isInstance)
                && causes.stream().noneMatch(cause -> cause instanceof SQLException sql && sql.getSQLState() != null);
    }

    private static List<Throwable> causes(Throwable thrown) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = thrown; cause != null && causes.size() < MAX_DEPTH; cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }
}
