package dev.migrator.postgres;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A session-level advisory lock, which ends with its session whatever happens. It is only ever tried, never waited for in
 * the server: a session that waits in {@code pg_advisory_lock} holds a snapshot, and CREATE INDEX CONCURRENTLY would wait
 * for it in turn ("Building Indexes Concurrently" in PostgreSQL's manual).
 */
public final class AdvisoryLock {

    private final long key;

    private AdvisoryLock(long key) {
        this.key = key;
    }

    /** The lock of one history table; advisory locks are the database's own, so that its name need not be in the key. */
    public static AdvisoryLock of(String schema, String table) {
        return new AdvisoryLock(fnv1a("migrator " + schema + " " + table));
    }

    /** FNV-1a, 64 bits: the same in every release, since old and new instances must meet at one key. */
    private static long fnv1a(String text) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }

    /** The key, as {@code pg_advisory_lock(bigint)} takes it. */
    public long key() {
        return key;
    }

    /** Takes the lock if nobody has it. */
    public boolean tryAcquire(Connection connection) throws SQLException {
        return ask(connection, "SELECT " + tryInSession());
    }

    /**
     * Takes the lock if nobody has it, not even this backend: behind a pooler another client may have taken it there, and the
     * server would grant it twice.
     */
    public boolean tryAcquireAnew(Connection connection) throws SQLException {
        return ask(
                connection,
                "SELECT CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_locks WHERE " + isThisLock()
                        + " AND pid = pg_catalog.pg_backend_pid()) THEN false ELSE " + tryInSession() + " END");
    }

    /** Gives the lock back; false if it was not held. */
    public boolean release(Connection connection) throws SQLException {
        return ask(connection, "SELECT " + unlock());
    }

    /** Where it is said that the lock was given back. */
    public Channel channel() {
        return new Channel("migrator_" + Long.toUnsignedString(key, 16));
    }

    /**
     * Whether no session and no transaction of others holds the lock. For the length of the question all who ask have it
     * together, and nobody can take it.
     */
    public boolean isFree(Connection connection) throws SQLException {
        return ask(connection, "SELECT pg_catalog.pg_try_advisory_xact_lock_shared(" + key + ")");
    }

    private static boolean ask(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getBoolean(1);
        }
    }

    /** The expression that takes the lock until the end of the transaction, if nobody else has it. */
    String tryInTransaction() {
        return "pg_catalog.pg_try_advisory_xact_lock(" + key + ")";
    }

    private String tryInSession() {
        return "pg_catalog.pg_try_advisory_lock(" + key + ")";
    }

    private String unlock() {
        return "pg_catalog.pg_advisory_unlock(" + key + ")";
    }

    /** A statement that takes the lock until the end of the transaction, and fails (22012) if somebody else has it. */
    public String takeInTransaction() {
        return "SELECT 1 / " + tryInTransaction() + "::int AS migration_lock_is_free";
    }

    /**
     * A statement that fails (22012, division by zero) unless this session holds the lock: the fence in front of each
     * COMMIT, for a script may have given the lock away with {@code pg_advisory_unlock_all} or {@code DISCARD ALL}.
     *
     * <p>Only who holds a lock can give it back. That is tried while the transaction keeps everybody else out, and the lock is
     * taken again at once. To look for it in {@code pg_locks} would cost ten times as much, and more with each lock that anybody
     * has on the server.
     */
    public String fence() {
        return "SELECT 1 / CASE WHEN NOT " + tryInTransaction() + " THEN 0 WHEN NOT " + unlock() + " THEN 0 WHEN NOT "
                + tryInSession() + " THEN 0 ELSE 1 END AS migration_lock_is_held";
    }

    /** Who holds the lock, or null if nobody does. */
    public @Nullable Holder holder(Connection connection) throws SQLException {
        String query =
                "SELECT l.pid, a.application_name, pg_catalog.host(a.client_addr), a.backend_start FROM pg_catalog.pg_locks l"
                        + " LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid WHERE " + isThisLock();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            if (!row.next()) {
                return null;
            }
            Timestamp since = row.getTimestamp(4);
            return new Holder(
                    row.getInt(1), row.getString(2), row.getString(3), since == null ? null : since.toInstant());
        }
    }

    private String isThisLock() {
        return "locktype = 'advisory' AND granted AND objsubid = 1 AND classid = " + (key >>> 32) + " AND objid = "
                + (key & 0xffffffffL) + " AND database = (SELECT oid FROM pg_catalog.pg_database"
                + " WHERE datname = pg_catalog.current_database())";
    }

    /**
     * The session that holds the lock.
     *
     * @param application its {@code application_name}, or null where it may not be seen
     * @param client its address, or null for a local socket
     * @param since when its session began, or null where that may not be seen
     */
    public record Holder(
            int pid,
            @Nullable String application,
            @Nullable String client,
            @Nullable Instant since) {

        /** As {@code "orders", pid 4711 at 10.0.0.7, connected since …}. */
        public String describe() {
            StringBuilder text = new StringBuilder("pid ").append(pid);
            if (application != null && !application.isEmpty()) {
                text.insert(0, "'" + application + "', ");
            }
            if (client != null) {
                text.append(" at ").append(client);
            }
            if (since != null) {
                text.append(", connected since ").append(since);
            }
            return text.toString();
        }
    }
}
