package dev.migrator.lock;

import dev.migrator.postgres.AdvisoryLock;
import dev.migrator.postgres.Lease;
import dev.migrator.postgres.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The migration lock as a session-level advisory lock, which the server ends with the session. */
public final class SessionLock implements MigrationLock {

    private static final Logger LOG = LoggerFactory.getLogger(SessionLock.class);

    private static final String LOST = "The migration lock is no longer held by this session";

    private final AdvisoryLock lock;
    private final Lease lease;
    private final Session session;
    private boolean leaseSeen;
    private boolean held;

    /**
     * Of one session.
     *
     * @param lease what another instance may hold that chose the other strategy
     */
    public SessionLock(AdvisoryLock lock, Lease lease, Session session) {
        this.lock = lock;
        this.lease = lease;
        this.session = session;
    }

    @Override
    public boolean tryAcquire() throws SQLException {
        // a lease that was seen once is looked at first: even to try the lock would make its holder's step step back
        if (leaseSeen && isLive(lease.read(session.connection())) || !take()) {
            return false;
        }
        held = true;
        Lease.Standing standing = lease.read(session.connection());
        if (standing != null && standing.holder() != null && !standing.live()) {
            lease.revoke(session.connection());
            // he may have renewed it just before
            standing = lease.read(session.connection());
        }
        leaseSeen = isLive(standing);
        if (leaseSeen) {
            release();
        }
        return held;
    }

    @Override
    public boolean mayBeFree() throws SQLException {
        return leaseSeen ? !isLive(lease.read(session.connection())) : lock.isFree(session.connection());
    }

    @Override
    public @Nullable Releases hearReleases() throws SQLException {
        return session.facts().pooled() ? null : Releases.hear(lock.channel(), session);
    }

    @Override
    public void tellRelease() {
        Releases.tell(lock.channel(), session);
    }

    private boolean take() throws SQLException {
        Connection connection = session.connection();
        return session.facts().pooled() ? lock.tryAcquireAnew(connection) : lock.tryAcquire(connection);
    }

    private static boolean isLive(Lease.@Nullable Standing standing) {
        return standing != null && standing.live();
    }

    @Override
    public String holder() throws SQLException {
        return new Rivals(lock, lease).describe(session.connection());
    }

    @Override
    public void release() {
        boolean wasHeld = held;
        held = false;
        try {
            if (!lock.release(session.connection())
                    && wasHeld
                    && session.facts().pooled()) {
                LOG.warn(
                        "The migration lock was not given back: the pooler has lent another session meanwhile, and the lock"
                                + " stays with the first until the pooler closes it. Behind such a pooler use"
                                + " migrator.lock.strategy=auto or table.");
            }
        } catch (SQLException e) {
            // The session is lost, or in a failed transaction: it is ended, and its lock with it.
            session.touch();
        }
    }

    @Override
    public List<String> signOfLife(String script) {
        return List.of();
    }

    @Override
    public List<Guard> opening() {
        return List.of();
    }

    @Override
    public List<Guard> closing() {
        return List.of(Guard.of(LOST, lock.fence()));
    }

    @Override
    public List<Guard> outside() {
        return closing();
    }

    @Override
    public int backend(Connection connection) throws SQLException {
        return new Rivals(lock, lease).backend(connection);
    }

    @Override
    public boolean isFree(Connection connection) throws SQLException {
        return lock.isFree(connection);
    }
}
