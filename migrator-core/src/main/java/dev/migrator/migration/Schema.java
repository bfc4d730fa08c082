package dev.migrator.migration;

import java.sql.SQLException;

/**
 * Questions about the schema for migrations that must be idempotent, asked in the migration's own transaction.
 *
 * <p>Names are taken as they stand in the catalog: no quotes, and in lower case unless they were created quoted. A table may
 * be qualified ({@code sales.orders}); otherwise it is looked for along the {@code search_path}, as PostgreSQL does.
 */
public interface Schema {

    /** Whether a table, a partitioned table or a foreign table of that name exists. */
    boolean tableExists(String table) throws SQLException;

    /** Whether a view or a materialized view of that name exists. */
    boolean viewExists(String view) throws SQLException;

    /** Whether the table exists and has that column. */
    boolean columnExists(String table, String column) throws SQLException;

    /** Whether an index of that name exists and is valid: an invalid one, which PostgreSQL does not use, counts as absent. */
    boolean indexExists(String index) throws SQLException;

    /** Whether the table exists and has a constraint of that name. */
    boolean constraintExists(String table, String constraint) throws SQLException;

    /** Whether a type of that name exists: an enum, a domain, a composite or range type. */
    boolean typeExists(String type) throws SQLException;

    /** Whether a function or a procedure of that name exists, with whatever arguments. */
    boolean functionExists(String function) throws SQLException;

    /** Whether a schema of that name exists. */
    boolean schemaExists(String schema) throws SQLException;
}
