package dev.migrator.backup;

import static dev.migrator.sql.Quoting.identifier;
import static dev.migrator.sql.Quoting.literal;

import dev.migrator.postgres.OtherDatabases;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A new database beside another one, of the same sort, into which nobody else may look. It is dropped in the end, unless it was
 * put to use. A comment marks it, and a connection is kept to it: one that has the mark and no connection was left behind.
 */
final class ScratchDatabase implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ScratchDatabase.class);

    private static final int PATIENCE_S = 5;

    private final MaintenanceDatabase maintenance;
    private final String name;
    private final @Nullable String guest;
    private final Connection connection;
    private final List<String> unset;
    private boolean inUse;
    private boolean dropped;

    private ScratchDatabase(
            MaintenanceDatabase maintenance,
            String name,
            @Nullable String guest,
            Connection connection,
            List<String> unset) {
        this.maintenance = maintenance;
        this.name = name;
        this.guest = guest;
        this.connection = connection;
        this.unset = unset;
    }

    static ScratchDatabase create(
            OtherDatabases server, MaintenanceDatabase maintenance, DatabaseTraits traits, String name, String of)
            throws SQLException {
        maintenance.execute(traits.create(name));
        try {
            maintenance.execute("COMMENT ON DATABASE " + identifier(name) + " IS " + literal(mark(of)));
            maintenance.execute("REVOKE ALL ON DATABASE " + identifier(name) + " FROM PUBLIC");
            String guest = server.role().equals("none") ? null : server.user();
            if (guest != null) {
                // who takes the owner's role on only when he is inside
                maintenance.execute("GRANT CONNECT ON DATABASE " + identifier(name) + " TO " + identifier(guest));
            }
            List<String> unset = set(maintenance, traits.settings().statementsBeforeFilling(name, server.user()));
            return new ScratchDatabase(maintenance, name, guest, server.connect(name), unset);
        } catch (SQLException | RuntimeException e) {
            drop(maintenance, name);
            throw e;
        }
    }

    /** What could not be set, and why: a trial may go without. A restore has looked before, and would fail at the swap. */
    private static List<String> set(MaintenanceDatabase maintenance, List<String> settings) {
        List<String> unset = new ArrayList<>();
        for (String setting : settings) {
            try {
                maintenance.execute(setting);
            } catch (SQLException e) {
                unset.add("(" + setting + "): " + e.getMessage());
            }
        }
        return List.copyOf(unset);
    }

    /** The comment of one that belongs to a database of that name. */
    static String mark(String database) {
        return "Made by Migrator of a dump of " + database + ", and not in use";
    }

    String name() {
        return name;
    }

    /** The settings that it goes without, for they could not be made: each statement, and the error. */
    List<String> unset() {
        return unset;
    }

    /** The connection that is kept to it. */
    Connection connection() {
        return connection;
    }

    boolean isConnected() throws SQLException {
        return connection.isValid(PATIENCE_S);
    }

    /** How many tables are in it, but for those that extensions have brought, which no dump holds. */
    int countTables() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT count(*) FROM pg_catalog.pg_class c
                         WHERE c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't'
                           AND c.relnamespace NOT IN (SELECT oid FROM pg_catalog.pg_namespace
                                   WHERE nspname = 'information_schema' OR nspname LIKE 'pg\\_%')
                           AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                                            WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                                              AND d.objid = c.oid AND d.deptype = 'e')
                        """)) {
            row.next();
            return row.getInt(1);
        }
    }

    /** Gathers statistics: without them the planner would know nothing of what was just restored. */
    void analyze(BooleanSupplier cancelled) throws SQLException {
        new LongStatement(connection, cancelled).execute("ANALYZE");
    }

    /** Statements that leave nothing of what was only needed to fill it. */
    List<String> tidying() {
        return guest == null
                ? List.of()
                : List.of("REVOKE CONNECT ON DATABASE " + identifier(name) + " FROM " + identifier(guest));
    }

    void disconnect() throws SQLException {
        connection.close();
    }

    /** It has another name now, and must not be dropped. */
    void putToUse() {
        inUse = true;
    }

    /** Whether nothing is left of it. */
    boolean isDropped() {
        return dropped;
    }

    /** Drops it if it is not in use; {@link #isDropped} then says whether that was possible. */
    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("The connection to {} was not closed in order", name, e);
        }
        if (!inUse && !dropped) {
            dropped = drop(maintenance, name);
        }
    }

    private static boolean drop(MaintenanceDatabase maintenance, String name) {
        String drop = "DROP DATABASE IF EXISTS " + identifier(name) + " WITH (FORCE)";
        try {
            maintenance.executeAgain(drop);
            return true;
        } catch (SQLException e) {
            LOG.warn("The database {} is left behind, and can be dropped: {}; ({})", name, drop, e.getMessage());
            return false;
        }
    }
}
