package dev.migrator.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/** Watches other backends from a connection of its own, with queries that wait for nobody. */
public final class Activity {

    /** How many sessions are looked at in one sight: asking who blocks a session stops the lock manager for a moment. */
    private static final int MAX_SESSIONS = 20;

    private static final int MAX_QUERY = 200;

    private static final String AUTOVACUUM = "autovacuum worker";

    private static final String WATCHED = """
            SELECT query, pg_catalog.pg_blocking_pids(pid), extract(epoch FROM pg_catalog.clock_timestamp() - query_start),
                   %s
              FROM (SELECT) AS here LEFT JOIN pg_catalog.pg_stat_activity ON pid = ?
            """.formatted(ServerMark.COLUMNS);

    /**
     * What may be seen of sessions depends on the role. Everybody sees the process id, the application's name and the locks;
     * what the server's own processes do (they have no user) is guessed from these.
     */
    private static final String SESSIONS = """
            SELECT a.pid,
                   a.application_name,
                   a.state,
                   extract(epoch FROM pg_catalog.clock_timestamp() - a.xact_start),
                   pg_catalog."left"(a.query, %d),
                   coalesce(a.backend_type, CASE WHEN a.usesysid IS NULL AND v.pid IS NOT NULL THEN 'autovacuum worker' END),
                   v.relation,
                   v.old,
                   (SELECT l.virtualtransaction FROM pg_catalog.pg_locks l
                     WHERE l.pid = a.pid AND l.locktype = 'virtualxid' AND l.granted LIMIT 1),
                   CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_locks l WHERE l.pid = a.pid AND NOT l.granted)
                        THEN pg_catalog.pg_blocking_pids(a.pid) END
              FROM pg_catalog.pg_stat_activity a
              LEFT JOIN LATERAL (
                   SELECT p.pid,
                          pg_catalog.format('%%I.%%I', n.nspname, c.relname) AS relation,
                          pg_catalog.age(c.relfrozenxid) > least(
                                  pg_catalog.current_setting('autovacuum_freeze_max_age')::pg_catalog.int8,
                                  (SELECT o.option_value::pg_catalog.int8
                                     FROM pg_catalog.pg_options_to_table(c.reloptions) o
                                    WHERE o.option_name = 'autovacuum_freeze_max_age'))
                          OR pg_catalog.mxid_age(c.relminmxid)
                                  > pg_catalog.current_setting('autovacuum_multixact_freeze_max_age')::pg_catalog.int8 AS old
                     FROM pg_catalog.pg_stat_progress_vacuum p
                     LEFT JOIN (pg_catalog.pg_locks l
                                JOIN pg_catalog.pg_class c ON c.oid = l.relation AND c.relkind IN ('r', 'm')
                                JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace)
                            ON l.pid = p.pid AND l.locktype = 'relation' AND l.mode = 'ShareUpdateExclusiveLock'
                           AND l.granted
                    WHERE p.pid = a.pid
                    ORDER BY n.nspname = 'pg_toast'
                    LIMIT 1) v ON true
             WHERE a.pid = ANY (?)
            """.formatted(MAX_QUERY + 1);

    /**
     * A prepared transaction has no process. Its locks are told from those of others by its virtual transaction, under which
     * it holds the lock on its own id too.
     */
    private static final String PREPARED = """
            SELECT DISTINCT x.gid, extract(epoch FROM pg_catalog.clock_timestamp() - x.prepared)
              FROM pg_catalog.pg_locks w
              JOIN pg_catalog.pg_locks h
                ON h.pid IS NULL AND h.granted
               AND (h.locktype, h.database, h.relation, h.page, h.tuple, h.virtualxid, h.transactionid, h.classid,
                    h.objid, h.objsubid)
                   IS NOT DISTINCT FROM
                   (w.locktype, w.database, w.relation, w.page, w.tuple, w.virtualxid, w.transactionid, w.classid,
                    w.objid, w.objsubid)
              JOIN pg_catalog.pg_locks t
                ON t.pid IS NULL AND t.granted AND t.locktype = 'transactionid'
               AND t.virtualtransaction = h.virtualtransaction
              JOIN pg_catalog.pg_prepared_xacts x ON x.transaction = t.transactionid
             WHERE w.pid = ANY (?) AND NOT w.granted
            """;

    private final Connection connection;

    public Activity(Connection connection) {
        this.connection = connection;
    }

    /** Asks what a backend does now and who keeps it waiting: first those directly, then those whom these wait for. */
    public Sight of(int pid) throws SQLException {
        String query;
        Duration elapsed;
        ServerMark server;
        Set<Integer> next = new LinkedHashSet<>();
        try (PreparedStatement statement = prepare(WATCHED)) {
            statement.setInt(1, pid);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                query = row.getString(1);
                next.addAll(pids(row.getArray(2)));
                elapsed = age(row, 3);
                server = ServerMark.of(row, 4);
            }
        }
        List<Blocking> blockers = new ArrayList<>();
        Set<Integer> waiters = new LinkedHashSet<>(Set.of(pid));
        boolean prepared = next.remove(0);
        while (!next.isEmpty() && blockers.size() < MAX_SESSIONS) {
            List<Blocking> sessions = sessions(
                    next.stream().limit(MAX_SESSIONS - (long) blockers.size()).toList());
            blockers.addAll(sessions);
            waiters.addAll(next);
            next.clear();
            sessions.forEach(session -> next.addAll(session.waitsFor()));
            prepared |= next.remove(0);
            next.removeAll(waiters);
        }
        if (prepared) {
            blockers.addAll(prepared(waiters));
        }
        return new Sight(query, elapsed, List.copyOf(blockers), server);
    }

    /** Asks again for sessions that were seen before: those whose transaction has ended since are in the state {@code ended}. */
    public List<Blocking> again(List<Blocking> seen) throws SQLException {
        List<Blocking> now = sessions(seen.stream().map(Blocking::pid).toList());
        List<String> prepared = prepared();
        List<Blocking> again = new ArrayList<>();
        for (Blocking before : seen) {
            again.add(now.stream()
                    .filter(before::isSame)
                    .findFirst()
                    .orElse(before.pid() == 0 && prepared.contains(before.transaction()) ? before : before.ended()));
        }
        return List.copyOf(again);
    }

    private List<String> prepared() throws SQLException {
        try (PreparedStatement statement = prepare("SELECT gid FROM pg_catalog.pg_prepared_xacts");
                ResultSet rows = statement.executeQuery()) {
            List<String> gids = new ArrayList<>();
            while (rows.next()) {
                gids.add(rows.getString(1));
            }
            return gids;
        }
    }

    /** Without a name on the server: behind a pooler the next look may meet another backend, and other clients this one. */
    private PreparedStatement prepare(String query) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(query);
        statement.unwrap(PGStatement.class).setPrepareThreshold(0);
        return statement;
    }

    /** Those that have gone are left out. */
    private List<Blocking> sessions(Collection<Integer> pids) throws SQLException {
        try (PreparedStatement statement = prepare(SESSIONS)) {
            statement.setArray(1, connection.createArrayOf("int4", pids.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                List<Blocking> sessions = new ArrayList<>();
                while (rows.next()) {
                    sessions.add(session(rows));
                }
                return sessions;
            }
        }
    }

    private static Blocking session(ResultSet row) throws SQLException {
        String query = row.getString(5);
        boolean hidden = "<insufficient privilege>".equals(query);
        return new Blocking(
                row.getInt(1),
                name(row, hidden),
                row.getString(3),
                age(row, 4),
                hidden || query == null || query.isEmpty() || AUTOVACUUM.equals(row.getString(6)) ? null : cut(query),
                row.getString(9),
                List.copyOf(pids(row.getArray(10))));
    }

    private static String name(ResultSet row, boolean queryHidden) throws SQLException {
        String type = row.getString(6);
        if (AUTOVACUUM.equals(type)) {
            String relation = row.getString(7);
            boolean wraparound = queryHidden
                    ? row.getBoolean(8)
                    : String.valueOf(row.getString(5)).endsWith("(to prevent wraparound)");
            return (relation == null ? "autovacuum" : "autovacuum of " + relation)
                    + (wraparound ? " (to prevent wraparound)" : "");
        }
        String application = row.getString(2);
        if (application != null && !application.isEmpty()) {
            return application;
        }
        return type == null || type.equals("client backend") ? "" : type;
    }

    private static String cut(String query) {
        return query.length() <= MAX_QUERY ? query : query.substring(0, MAX_QUERY) + "…";
    }

    private List<Blocking> prepared(Collection<Integer> waiters) throws SQLException {
        try (PreparedStatement statement = prepare(PREPARED)) {
            statement.setArray(1, connection.createArrayOf("int4", waiters.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                List<Blocking> transactions = new ArrayList<>();
                while (rows.next()) {
                    String gid = rows.getString(1);
                    transactions.add(new Blocking(
                            0, "prepared transaction '" + gid + "'", null, age(rows, 2), null, gid, List.of()));
                }
                return transactions;
            }
        }
    }

    private static @Nullable Duration age(ResultSet row, int column) throws SQLException {
        double seconds = row.getDouble(column);
        return row.wasNull() ? null : Duration.ofMillis((long) (seconds * 1000));
    }

    /** In the server's order, each once: it names a parallel query's leader once for each of its workers. */
    private static Set<Integer> pids(@Nullable Array array) throws SQLException {
        return array == null ? Set.of() : new LinkedHashSet<>(List.of((Integer[]) array.getArray()));
    }

    /**
     * What was seen.
     *
     * @param query the statement that the backend runs, cut at {@code track_activity_query_size}; null if it has gone
     * @param elapsed since when it runs it, or null if it has gone
     * @param server where that was seen
     */
    public record Sight(
            @Nullable String query, @Nullable Duration elapsed, List<Blocking> blockers, ServerMark server) {}

    /**
     * A session that another one waits for.
     *
     * @param pid its backend's process id; 0 for a prepared transaction, which has none
     * @param name its {@code application_name}; what it does, for one of the server's own or a prepared transaction
     * @param state as in {@code pg_stat_activity}, or null where it may not be seen; {@code ended} if its transaction has
     *     ended since it was seen
     * @param age how long its transaction has been open, or null where that may not be seen
     * @param query its current or last query, cut; null where it may not be seen
     * @param transaction which transaction it has open, or null for none: another one holds other locks
     * @param waitsFor whom it waits for itself
     */
    public record Blocking(
            int pid,
            String name,
            @Nullable String state,
            @Nullable Duration age,
            @Nullable String query,
            @Nullable String transaction,
            List<Integer> waitsFor) {

        private boolean isSame(Blocking other) {
            return pid == other.pid && Objects.equals(transaction, other.transaction);
        }

        private Blocking ended() {
            return new Blocking(pid, name, "ended", null, query, transaction, List.of());
        }
    }
}
