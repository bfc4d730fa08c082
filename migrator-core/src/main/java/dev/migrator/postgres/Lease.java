package dev.migrator.postgres;

import dev.migrator.sql.Quoting;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The migration lock as a table, for connections whose session is not their own: behind a pooler that lends a backend for the
 * length of a transaction, a session-level lock strands. It has two rows. {@code lease} says who holds it and until when, and
 * is renewed as long as he lives; {@code fence} counts the holders, and each step holds it FOR SHARE until its commit. To take a
 * lease over is to move the fence: that waits for a step which is under way, and fails the next one of a holder who does not
 * know yet that he is one no longer. Since a step never touches {@code lease}, a sign of life never waits for its own step.
 *
 * <p>All times are the server's.
 */
public final class Lease {

    private static final String SUFFIX = "_lock";

    /** PostgreSQL cuts longer names (NAMEDATALEN), and would cut the suffix off. */
    private static final int MAX_NAME_BYTES = 63;

    /** SQLSTATE undefined_column, undefined_function and wrong_object_type: another's table of that name. */
    private static final List<String> FOREIGN = List.of("42703", "42883", "42809");

    private final String schema;
    private final String table;
    private final String name;
    private final AdvisoryLock key;

    private Lease(String schema, String table, AdvisoryLock key) {
        this.schema = schema;
        this.table = table;
        this.name = Quoting.identifier(schema) + "." + Quoting.identifier(table);
        this.key = key;
    }

    /**
     * The lease that goes with a history table.
     *
     * @param key the advisory lock of the same history, which keeps instances apart that chose different strategies
     */
    public static Lease of(String schema, String historyTable, AdvisoryLock key) {
        return new Lease(schema, tableFor(historyTable), key);
    }

    /** The name of the lock table beside a history table of that name. */
    public static String tableFor(String historyTable) {
        String kept = historyTable;
        while (kept.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES - SUFFIX.length()) {
            kept = kept.substring(0, kept.offsetByCodePoints(kept.length(), -1));
        }
        return kept + SUFFIX;
    }

    /** The table's name, as a person writes it. */
    public String tableName() {
        return schema + "." + table;
    }

    /** Reads who holds it; null if there is no such table. */
    public @Nullable Standing read(Connection connection) throws SQLException {
        if (!exists(connection)) {
            return null;
        }
        String query =
                "SELECT l.holder, l.instance, l.script, l.since, l.lease_until > pg_catalog.clock_timestamp(), f.token"
                        + " FROM " + name + " l, " + name + " f WHERE l.name = 'lease' AND f.name = 'fence'";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            if (!row.next()) {
                return null;
            }
            Timestamp since = row.getTimestamp(4);
            return new Standing(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    since == null ? null : since.toInstant(),
                    row.getBoolean(5),
                    row.getLong(6));
        } catch (SQLException e) {
            throw FOREIGN.contains(e.getSQLState())
                    ? new SQLException(
                            "The table " + tableName() + " exists and is not Migrator's lock: give Migrator's tables"
                                    + " another name, with migrator.table",
                            e.getSQLState(),
                            e)
                    : e;
        }
    }

    private boolean exists(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT pg_catalog.to_regclass(" + Quoting.literal(name) + ") IS NOT NULL")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    /**
     * The statements, for one transaction, that make the table; the first fails (22012) if somebody else is at it, or holds the
     * advisory lock.
     *
     * @param schemaExists whether the schema need not be made: to ask for one that exists needs a right that one may not have
     */
    public List<String> creation(boolean schemaExists) {
        List<String> statements = new ArrayList<>();
        statements.add(key.takeInTransaction());
        if (!schemaExists) {
            statements.add("CREATE SCHEMA IF NOT EXISTS " + Quoting.identifier(schema));
        }
        statements.add(
                "CREATE TABLE IF NOT EXISTS " + name + " (name text PRIMARY KEY, token bigint NOT NULL DEFAULT 0,"
                        + " holder uuid, instance text, script text, since timestamptz, heartbeat_at timestamptz,"
                        + " lease_until timestamptz)");
        statements.add("COMMENT ON TABLE " + name + " IS 'Migrator''s lock behind a pooler'");
        statements.add("INSERT INTO " + name + " (name) VALUES ('lease'), ('fence') ON CONFLICT DO NOTHING");
        return statements;
    }

    /**
     * The statement that takes the lease if it has run out and no step of its last holder is under way; whether it did is to be
     * {@linkplain #read read}.
     */
    public String takeOver(String holder, String instance, Duration time) {
        // CASE keeps the order: the advisory lock is not even tried while the lease is another's
        return "WITH taken AS (UPDATE " + name + " SET holder = " + uuid(holder) + ", instance = "
                + Quoting.literal(instance) + ", script = NULL, since = pg_catalog.clock_timestamp(), " + alive(time)
                + " WHERE name = 'lease' AND CASE WHEN lease_until > pg_catalog.clock_timestamp() THEN false ELSE "
                + key.tryInTransaction() + " END RETURNING 1)"
                + " UPDATE " + name + " SET token = token + 1 WHERE name = 'fence' AND EXISTS (SELECT FROM taken)";
    }

    /**
     * The statement that renews the lease, as long as nobody has taken it over.
     *
     * @param script at which the holder is, or null to leave that as it is
     */
    public String renewal(String holder, @Nullable String script, Duration time) {
        return "UPDATE " + name + " SET " + alive(time)
                + (script == null ? "" : ", script = " + Quoting.literal(script)) + ofHolder(holder);
    }

    /**
     * Takes a lease that has run out from its holder for good, without taking it: should he come back to life, his next step
     * fails at the fence. For who holds the advisory lock, so that no step of the holder's is under way.
     */
    public void revoke(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("WITH revoked AS (UPDATE " + name
                    + " SET holder = NULL, script = NULL, lease_until = NULL WHERE name = 'lease' AND holder IS NOT NULL"
                    + " AND coalesce(lease_until <= pg_catalog.clock_timestamp(), true) RETURNING 1)"
                    + " UPDATE " + name
                    + " SET token = token + 1 WHERE name = 'fence' AND EXISTS (SELECT FROM revoked)");
        }
    }

    /** The statement that gives the lease back. */
    public String release(String holder) {
        return "UPDATE " + name + " SET holder = NULL, script = NULL, lease_until = NULL" + ofHolder(holder);
    }

    /** A statement that fails (22012) unless the fence stands where it stood, and keeps it there until the transaction ends. */
    public String fence(long token) {
        return "SELECT 1 / (SELECT pg_catalog.count(*) FROM (SELECT FROM " + name + " WHERE name = 'fence' AND token = "
                + token + " FOR SHARE) AS held) AS migration_lease_is_held";
    }

    private static String alive(Duration time) {
        return "heartbeat_at = pg_catalog.clock_timestamp(), lease_until = pg_catalog.clock_timestamp() + "
                + time.toMillis() + " * interval '1 millisecond'";
    }

    private static String ofHolder(String holder) {
        return " WHERE name = 'lease' AND holder = " + uuid(holder);
    }

    private static String uuid(String holder) {
        return Quoting.literal(holder) + "::pg_catalog.uuid";
    }

    /**
     * How the lease stands.
     *
     * @param holder who holds it, or held it when it ran out; null if it was given back
     * @param instance the holder's host, process id and application
     * @param script at which script it is, or null
     * @param since when it took the lease, or null
     * @param live whether it has not run out
     * @param token where the fence stands
     */
    public record Standing(
            @Nullable String holder,
            @Nullable String instance,
            @Nullable String script,
            @Nullable Instant since,
            boolean live,
            long token) {

        /** As {@code web-1, pid 4711, orders, at V3__x.sql, since …}. */
        public String describe() {
            return instance + (script == null ? "" : ", at " + script) + ", since " + since;
        }
    }
}
