package dev.migrator.run;

import dev.migrator.postgres.Session;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices from the observing connection that the migrating one is dead. Where a network drops packets instead of resetting
 * connections, nobody else would: the run would wait for its answer for ever. Used by the observing thread only.
 */
final class NetworkWatch {

    private static final Logger LOG = LoggerFactory.getLogger(NetworkWatch.class);

    /** Where no connect timeout is given. */
    private static final Duration USUAL_PATIENCE = Duration.ofSeconds(30);

    /** SQLSTATE too_many_connections, also for a role or a database. */
    private static final String TOO_MANY_CONNECTIONS = "53300";

    /** SQLSTATE cannot_connect_now: the server starts, or shuts down. */
    private static final String CANNOT_CONNECT_NOW = "57P03";

    private static final int LOOKS_WITHOUT_BACKEND = 2;

    private final Session session;
    private final Duration patience;
    private long since;
    private boolean reached;
    private boolean outOfReach;
    private int withoutBackend;

    /**
     * Watches for one session.
     *
     * @param connectTimeout for how long the server may be out of reach
     */
    NetworkWatch(Session session, Duration connectTimeout) {
        this.session = session;
        this.patience = connectTimeout.isZero() ? USUAL_PATIENCE : connectTimeout;
    }

    /** After this time without an answer a look has failed. */
    Duration patience() {
        return patience;
    }

    /** Whether connections come from a pool. */
    boolean isPooled() {
        return session.isPooled();
    }

    /** A look begins. */
    void looks() {
        if (!outOfReach) {
            since = System.nanoTime();
        }
    }

    /**
     * The look has got its answer.
     *
     * @param alive whether the server still has the session's backend
     */
    void reached(boolean alive) {
        reached = true;
        outOfReach = false;
        withoutBackend = alive ? 0 : withoutBackend + 1;
        if (withoutBackend == LOOKS_WITHOUT_BACKEND) {
            LOG.warn(
                    "The server has ended the migrating session, which does not know it: its connection is broken off");
            session.abort();
        }
    }

    /** Another server has answered: of the session that says nothing, but the network is there. */
    void reachedAnother() {
        reached = true;
        outOfReach = false;
    }

    /** The session's server has been started anew, or another has taken its place. */
    void replaced() {
        LOG.warn(
                "The migrating session's server was started anew, or another has taken its place: the connection to it is"
                        + " broken off");
        session.abort();
    }

    /** Nobody watches from now on: what the pool has said of the wait for answers holds again, behind the one that is awaited. */
    void ends() {
        try {
            session.takeUpLimit();
        } catch (SQLException e) {
            // The session is lost, as the statement that follows will find.
        }
    }

    /** The migrating session has got an answer, or waits for none. */
    void answered() {
        outOfReach = false;
        withoutBackend = 0;
    }

    /**
     * The look has failed.
     *
     * @param lost whether there was a connection for it, which is gone
     * @return whether it is to be tried again: a pool, or a server, that has no connection to give says nothing of the session
     */
    boolean failed(Exception failure, boolean lost) {
        if (!lost && reached && Connecting.saysNothing(failure)) {
            // a pool that has no other connection yet in place of a lost one; why, it may say the next time
            return true;
        }
        if (!lost && (!Connecting.mayPass(failure) || Connecting.hasState(failure, TOO_MANY_CONNECTIONS))) {
            return false;
        }
        if (Connecting.hasState(failure, CANNOT_CONNECT_NOW)) {
            // it has answered; one that is being shut down leaves open sessions their time
            outOfReach = false;
            return true;
        }
        outOfReach = true;
        if (System.nanoTime() - since >= patience.toNanos()) {
            LOG.warn(
                    "The server has been out of reach for {} s: the migrating connection is broken off",
                    patience.toSeconds());
            session.abort();
        }
        return true;
    }
}
