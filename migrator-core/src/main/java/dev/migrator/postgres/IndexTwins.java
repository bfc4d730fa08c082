package dev.migrator.postgres;

import dev.migrator.sql.IndexStatement;
import dev.migrator.sql.Quoting;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the indexes of a table that are what a CREATE INDEX CONCURRENTLY would make: those that an earlier attempt of it
 * left. PostgreSQL itself is asked to write the definition, by building the index on an empty copy of the table that is
 * rolled back; so an index without a name is found too, and one with another definition never is. Where no copy can be
 * made (a role that may make no temporary tables), the name alone decides.
 */
public final class IndexTwins {

    private static final Logger LOG = LoggerFactory.getLogger(IndexTwins.class);

    /** The parameters are the table and the index's name, which the cast cuts as PostgreSQL cuts long names. */
    private static final String INDEXES = """
            SELECT pg_catalog.format('%I.%I', n.nspname, c.relname), i.indisvalid,
                   pg_catalog.pg_get_indexdef(i.indexrelid), pg_catalog.quote_ident(t.relname),
                   EXISTS (SELECT FROM pg_catalog.pg_stat_progress_create_index p
                            WHERE p.index_relid = i.indexrelid AND p.pid <> pg_catalog.pg_backend_pid())
              FROM pg_catalog.pg_index i
              JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              JOIN pg_catalog.pg_class t ON t.oid = i.indrelid
             WHERE i.indrelid = pg_catalog.to_regclass(?)
               AND c.relname = coalesce(CAST(CAST(? AS pg_catalog.text) AS pg_catalog.name), c.relname)
            """;

    private final Connection connection;

    /**
     * Looks over a connection.
     *
     * @param connection in autocommit mode and outside of a transaction, with the search path that the statement will meet
     */
    public IndexTwins(Connection connection) {
        this.connection = connection;
    }

    /**
     * An index that is what the statement would make.
     *
     * @param name quoted and qualified
     * @param valid whether PostgreSQL uses it
     * @param beingBuilt whether another session is building it at this moment
     */
    public record Twin(String name, boolean valid, boolean beingBuilt) {}

    /**
     * The statement's twins.
     *
     * @param valid whether valid ones are looked for too, or invalid ones only; those are rare, and found with one query
     */
    public List<Twin> of(IndexStatement statement, boolean valid) throws SQLException {
        List<Candidate> candidates = candidates(statement, valid);
        if (candidates.isEmpty()) {
            return List.of();
        }
        String definition = definition(statement, candidates.get(0).table());
        List<Twin> twins = new ArrayList<>();
        for (Candidate candidate : candidates) {
            boolean byNameAlone = definition == null && statement.name() != null;
            if (byNameAlone || candidate.definition().equals(definition)) {
                twins.add(candidate.twin());
            }
        }
        return twins;
    }

    /**
     * The invalid indexes that stand where the statement's own should be once it has run: those of its name, which
     * IF NOT EXISTS takes for it whatever their definition, or, where it gives none, its twins.
     */
    public List<Twin> invalidAfter(IndexStatement statement) throws SQLException {
        return statement.name() == null
                ? of(statement, false)
                : candidates(statement, false).stream().map(Candidate::twin).toList();
    }

    /**
     * An index that may be a twin.
     *
     * @param table its table's name, quoted and without a schema
     */
    private record Candidate(Twin twin, String definition, String table) {}

    private List<Candidate> candidates(IndexStatement statement, boolean valid) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(INDEXES)) {
            query.setString(1, statement.table());
            query.setString(2, statement.name());
            try (ResultSet row = query.executeQuery()) {
                List<Candidate> candidates = new ArrayList<>();
                while (row.next()) {
                    Twin twin = new Twin(row.getString(1), row.getBoolean(2), row.getBoolean(5));
                    if (valid || !twin.valid()) {
                        candidates.add(new Candidate(twin, essence(row.getString(3)), row.getString(4)));
                    }
                }
                return candidates;
            }
        }
    }

    /** What the index is, without its name and its table: those differ between twins. */
    private static String essence(String definition) {
        boolean unique = definition.startsWith("CREATE UNIQUE");
        return (unique ? "UNIQUE" : "") + definition.substring(definition.indexOf(" USING "));
    }

    /**
     * The copy has the table's name, for the statement's columns may be qualified with it. Null where the copy or the index
     * cannot be made.
     */
    private @Nullable String definition(IndexStatement statement, String table) throws SQLException {
        String copy = "pg_temp." + table;
        try (Statement sql = connection.createStatement()) {
            sql.setEscapeProcessing(false);
            sql.execute("BEGIN");
            try {
                sql.execute("CREATE TABLE " + copy + " (LIKE " + statement.table() + " INCLUDING GENERATED)");
                sql.execute("CREATE " + (statement.unique() ? "UNIQUE " : "") + "INDEX ON " + copy + " "
                        + statement.definition());
                try (ResultSet row = sql.executeQuery("SELECT pg_catalog.pg_get_indexdef(indexrelid)"
                        + " FROM pg_catalog.pg_index WHERE indrelid = pg_catalog.to_regclass(" + Quoting.literal(copy)
                        + ")")) {
                    return row.next() ? essence(row.getString(1)) : null;
                }
            } catch (SQLException e) {
                LOG.debug("The definition of {} could not be had from a copy", statement, e);
                return null;
            } finally {
                sql.execute("ROLLBACK");
            }
        }
    }
}
