package dev.migrator.lock;

import dev.migrator.postgres.AdvisoryLock;
import dev.migrator.postgres.Catalog;
import dev.migrator.postgres.Lease;
import dev.migrator.postgres.Pipeline;
import dev.migrator.postgres.SecondConnection;
import dev.migrator.postgres.ServerError;
import dev.migrator.postgres.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The migration lock as a lease. Where the session is one's own it holds the advisory lock too, since what runs outside of
 * a transaction has no other fence.
 */
public final class LeaseLock implements MigrationLock {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseLock.class);

    private static final long RELEASE_MS = 2_000;

    private static final String TAKEN = "The migration lease has run out, and another instance has taken it over";
    private static final String BUSY =
            "Another instance holds the advisory lock of this history (its migrator.lock.strategy is another one)";
    private static final String LOST = "The advisory lock beside the lease is no longer held by this session";

    private final Lease lease;
    private final AdvisoryLock lock;
    private final String schema;
    private final Session session;
    private final DataSource dataSource;
    private final boolean pooled;
    private final Holder me;
    private long token;
    private @Nullable Heartbeat heartbeat;

    /**
     * Who wants the lease.
     *
     * @param run the run's id
     * @param time how long the lease lasts without a sign of life
     */
    public record Holder(String run, String instance, Duration time) {}

    public LeaseLock(
            Lease lease,
            AdvisoryLock lock,
            String schema,
            Session session,
            DataSource dataSource,
            boolean pooled,
            Holder me) {
        this.lease = lease;
        this.lock = lock;
        this.schema = schema;
        this.session = session;
        this.dataSource = dataSource;
        this.pooled = pooled;
        this.me = me;
    }

    @Override
    public boolean tryAcquire() throws SQLException {
        Connection connection = session.connection();
        Lease.Standing standing = lease.read(connection);
        if (standing == null) {
            boolean schemaExists = new Catalog(connection).schemaExists(schema);
            if (!transaction(lease.creation(schemaExists))) {
                return false;
            }
        } else if (standing.live()) {
            return false;
        }
        if (!pooled && !lock.tryAcquire(connection)) {
            return false;
        }
        if (takeOver(connection)) {
            heartbeat = new Heartbeat(dataSource, lease.renewal(me.run(), null, me.time()), me.time());
            return true;
        }
        releaseAdvisoryLock();
        return false;
    }

    @Override
    public boolean mayBeFree() throws SQLException {
        Lease.Standing standing = lease.read(session.connection());
        return (standing == null || !standing.live()) && lock.isFree(session.connection());
    }

    /** A lease also runs out, of which nobody would tell. */
    @Override
    public @Nullable Releases hearReleases() {
        return null;
    }

    /** Those who wait over sessions of their own hear it. */
    @Override
    public void tellRelease() {
        Releases.tell(lock.channel(), session);
    }

    private boolean takeOver(Connection connection) throws SQLException {
        if (!transaction(List.of(lease.takeOver(me.run(), me.instance(), me.time())))) {
            return false;
        }
        Lease.Standing standing = lease.read(connection);
        if (standing == null || !me.run().equals(standing.holder())) {
            return false;
        }
        token = standing.token();
        return true;
    }

    /** False if somebody else is at it. */
    private boolean transaction(List<String> work) throws SQLException {
        List<String> statements = new ArrayList<>(List.of(Pipeline.BEGIN, "SET LOCAL lock_timeout = '1s'"));
        statements.addAll(work);
        statements.add("COMMIT");
        Pipeline pipeline = new Pipeline(session.connection(), notice -> LOG.debug("{}", notice));
        try {
            pipeline.send(statements);
            return true;
        } catch (Pipeline.StatementFailure e) {
            ServerError error = ServerError.of(e.sqlException());
            pipeline.rollback();
            if (!error.isGuard() && !error.isTransient()) {
                throw e.sqlException();
            }
            return false;
        }
    }

    @Override
    public String holder() throws SQLException {
        return new Rivals(lock, lease).describe(session.connection());
    }

    @Override
    public void release() {
        if (heartbeat != null) {
            heartbeat.close();
        }
        try {
            transaction(List.of(lease.release(me.run())));
        } catch (SQLException e) {
            session.touch();
            releaseElsewhere();
        }
        releaseAdvisoryLock();
    }

    /**
     * The session is lost: over another connection, for a limited time, so that the next instance need not wait for the lease
     * to run out. A step that the lost session's backend still runs keeps its own locks until it ends.
     */
    private void releaseElsewhere() {
        Thread thread = new Thread(
                () -> {
                    try (SecondConnection other = SecondConnection.open(dataSource, me.time());
                            Statement statement = other.connection().createStatement()) {
                        statement.executeUpdate(lease.release(me.run()));
                    } catch (SQLException | RuntimeException e) {
                        LOG.debug("The lease was not given back; it ends by its time", e);
                    }
                },
                "migrator-lease");
        thread.setDaemon(true);
        thread.start();
        try {
            thread.join(RELEASE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void releaseAdvisoryLock() {
        if (pooled) {
            return;
        }
        try {
            lock.release(session.connection());
        } catch (SQLException e) {
            session.touch();
        }
    }

    @Override
    public List<String> signOfLife(String script) {
        return List.of(lease.renewal(me.run(), script, me.time()));
    }

    @Override
    public List<Guard> opening() {
        return List.of(new Guard(BUSY, lock.takeInTransaction(), true), Guard.of(TAKEN, lease.fence(token)));
    }

    @Override
    public List<Guard> closing() {
        return pooled ? List.of() : List.of(Guard.of(LOST, lock.fence()));
    }

    @Override
    public List<Guard> outside() {
        List<Guard> guards = new ArrayList<>(closing());
        guards.add(Guard.of(TAKEN, lease.fence(token)));
        return guards;
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
