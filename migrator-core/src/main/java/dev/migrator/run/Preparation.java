package dev.migrator.run;

import dev.migrator.history.HistoryFormat;
import dev.migrator.history.TableName;
import dev.migrator.postgres.Catalog;
import dev.migrator.postgres.ServerFacts;
import dev.migrator.postgres.Session;
import dev.migrator.sql.Quoting;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the database ready for a first, or a newer, Migrator: the schema, the history table, its newest format. */
final class Preparation {

    private static final Logger LOG = LoggerFactory.getLogger(Preparation.class);

    private final Session session;

    Preparation(Session session) {
        this.session = session;
    }

    /** Refuses a server that nothing can be written to, before anything is tried. */
    void requireWritable() throws SQLException {
        ServerFacts facts = session.facts();
        if (facts.refusesWrites()) {
            throw new ConfigurationException(
                    "The database " + facts.database() + " can only be read here: "
                            + (facts.inRecovery() ? "the server is a standby." : "the session is read-only."),
                    "nothing was run; it is as it was.",
                    facts.inRecovery()
                            ? "Let the URL lead to the primary server (as with targetServerType=primary and all hosts in it), or"
                                    + " give migrator.url."
                            : "Look for default_transaction_read_only (ALTER ROLE … RESET default_transaction_read_only, or"
                                    + " the same for the database), or for what the pool sets; or migrate by another way, with"
                                    + " migrator.url, migrator.user and migrator.password.",
                    null);
        }
    }

    /** The history table's full name: where it is, or where it will be. */
    TableName resolve(TableName table) throws SQLException {
        if (table.schema() != null) {
            return table;
        }
        String schema = new Catalog(session.connection()).schemaOf(table.table());
        if (schema == null) {
            schema = session.facts().currentSchema();
        }
        if (schema == null) {
            throw new ConfigurationException(
                    "The connection's search path leads to no schema that exists and is not the server's own, so that there"
                            + " is none to keep the history in.",
                    "nothing was run; it is as it was.",
                    "Name a schema, with migrator.schema; it is created if it does not exist.",
                    null);
        }
        return new TableName(schema, table.table());
    }

    /**
     * Creates the schema and the table if they are missing, and leads the table to the newest format. That waits for others'
     * locks no longer than a migration does.
     *
     * @param rows statements that write what the table is to hold from the first, in the same transaction
     */
    void prepare(Work work, TableName table, boolean exists, String... rows) throws SQLException {
        Catalog catalog = new Catalog(session.connection());
        String schema = Objects.requireNonNull(table.schema());
        List<String> statements = new ArrayList<>();
        if (!catalog.schemaExists(schema)) {
            LOG.info("Creating the schema {}", schema);
            statements.add("CREATE SCHEMA IF NOT EXISTS " + Quoting.identifier(schema));
        }
        String comment = exists ? catalog.tableComment(table.quoted()) : null;
        int format = exists ? HistoryFormat.ofComment(comment == null ? "" : comment) : 0;
        statements.addAll(HistoryFormat.upgrade(table, format));
        statements.addAll(List.of(rows));
        if (statements.isEmpty()) {
            return;
        }
        try {
            work.record(statements.toArray(String[]::new));
        } catch (SQLException e) {
            throw Database.trouble("The history table " + table + " could not be made", e);
        }
    }
}
