package dev.migrator.run;

import dev.migrator.history.TableName;
import dev.migrator.lock.LeaseLock;
import dev.migrator.lock.MigrationLock;
import dev.migrator.lock.SessionLock;
import dev.migrator.postgres.AdvisoryLock;
import dev.migrator.postgres.Lease;
import dev.migrator.postgres.ServerEncoding;
import dev.migrator.postgres.Session;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides by the strategy, and by what stands between us and the server, how to lock and what the session is good for. */
final class Locking {

    private static final Logger LOG = LoggerFactory.getLogger(Locking.class);

    private final DataSource signs;
    private final Session session;
    private final TableName table;
    private final RunOptions options;

    Locking(Database database, Session session, TableName table, RunOptions options) {
        this(database.dataSource(), session, table, options);
    }

    /**
     * The same for one who has an own way to connect.
     *
     * @param signs where the connection comes from over which a lease is renewed
     */
    Locking(DataSource signs, Session session, TableName table, RunOptions options) {
        this.signs = signs;
        this.session = session;
        this.table = table;
        this.options = options;
    }

    /** Whether the session is lent by a pooler, as far as it is known and nobody says that it is a whole one. */
    static boolean isBorrowed(Session session, RunOptions options) throws SQLException {
        return options.lock().strategy() != LockStrategy.ADVISORY
                && session.facts().pooled();
    }

    MigrationLock lock(Events events) throws SQLException {
        String schema = Objects.requireNonNull(table.schema());
        AdvisoryLock advisory = AdvisoryLock.of(schema, table.table());
        Lease lease = Lease.of(schema, table.table(), advisory);
        boolean pooled = session.facts().pooled();
        LockStrategy strategy = options.lock().strategy();
        if (strategy == LockStrategy.ADVISORY || strategy == LockStrategy.AUTO && !pooled) {
            sayAdvisory(pooled);
            return new SessionLock(advisory, lease, session);
        }
        if (strategy == LockStrategy.AUTO) {
            LOG.info(
                    "A pooler stands between this instance and the server, so the migration lock is a lease in {}"
                            + " (migrator.lock.strategy=auto has chosen table)",
                    lease.tableName());
        }
        String instance = Instance.describe(options.application());
        LeaseLock.Holder me = new LeaseLock.Holder(
                events.runId().toString(),
                ServerEncoding.repertoire(session.connection()).fit(instance),
                options.lock().lease());
        return new LeaseLock(lease, advisory, schema, session, signs, pooled, me);
    }

    private static void sayAdvisory(boolean pooled) {
        if (pooled) {
            LOG.warn(
                    "A pooler stands between this instance and the server. migrator.lock.strategy=advisory is sound only if"
                            + " it gives each client a session of its own (PgBouncer: pool_mode=session); otherwise use auto or"
                            + " table.");
        } else {
            LOG.debug("The migration lock is a session-level advisory lock");
        }
    }

    ScriptSession scriptSession() throws SQLException {
        InitSql initSql = InitSql.of(options.connectionInitSql());
        return isBorrowed(session, options)
                ? new BorrowedSession(session, options.table(), initSql)
                : new OwnSession(session, options.table(), initSql);
    }
}
