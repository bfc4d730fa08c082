package dev.migrator.run;

import dev.migrator.postgres.ServerMark;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server that migrates, which another connection may miss: several hosts in the URL, a balancer, a name with several
 * addresses. Elsewhere the same process id is somebody else's, and that there is none says nothing. Used by one thread only.
 */
final class HomeServer {

    private static final Logger LOG = LoggerFactory.getLogger(HomeServer.class);

    private static final long FIRST_PAUSE_MS = 500;
    private static final long LONGEST_PAUSE_MS = 8_000;

    /** Of copies of one cluster that all take writes, a balancer may lead to another one once or twice. */
    private static final int MEETINGS = 3;

    private final ServerMark mark;
    private final @Nullable String cluster;
    private final boolean staying;
    private int met;
    private boolean said;
    private long pauseMs;
    private long missed;

    /**
     * Of one run.
     *
     * @param cluster its {@link ServerMark#cluster}
     * @param staying whether the migrating session ends with its server; a pooler may lend one on another server
     */
    HomeServer(ServerMark mark, @Nullable String cluster, boolean staying) {
        this.mark = mark;
        this.cluster = cluster;
        this.staying = staying;
    }

    /** Whether it is time to look for it again, after it was missed. */
    boolean isDue() {
        return pauseMs == 0 || System.nanoTime() - missed >= TimeUnit.MILLISECONDS.toNanos(pauseMs);
    }

    /** A pooler's sessions follow the primary, and which of them migrates is asked there each time. */
    boolean is(ServerMark found) {
        return mark.equals(found) || !staying && !found.standby();
    }

    /** The migrating session has got an answer: so its server is there. */
    void answered() {
        met = 0;
    }

    /** A connection leads to it. */
    void reached() {
        pauseMs = 0;
        met = 0;
    }

    /** A connection leads to another one: the next is tried after a while, which grows. */
    void missed() {
        missed = System.nanoTime();
        pauseMs = Math.min(LONGEST_PAUSE_MS, Math.max(FIRST_PAUSE_MS, pauseMs * 2));
        if (!said) {
            said = true;
            LOG.info(
                    "The observing connection leads to another server than the migrating one: until one leads there, the"
                            + " migration runs on without live progress, and without naming who keeps it waiting");
        }
    }

    /** Whether the other one stands in its place: there is one primary, and the old one's sessions are gone. */
    boolean isReplacedBy(ServerMark found, Connection connection) throws SQLException {
        boolean heir = staying && !found.standby() && cluster != null && cluster.equals(ServerMark.cluster(connection));
        met = heir ? met + 1 : 0;
        return met >= MEETINGS;
    }
}
