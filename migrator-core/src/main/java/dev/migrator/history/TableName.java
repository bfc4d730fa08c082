package dev.migrator.history;

import dev.migrator.sql.Quoting;
import org.jspecify.annotations.Nullable;

/**
 * The history table's name.
 *
 * @param schema null while it is the connection's current schema, which only the server knows
 */
public record TableName(@Nullable String schema, String table) {

    /** Quoted, and qualified where the schema is known. */
    public String quoted() {
        return schema == null
                ? Quoting.identifier(table)
                : Quoting.identifier(schema) + "." + Quoting.identifier(table);
    }

    /** As a person writes it. */
    @Override
    public String toString() {
        return schema == null ? table : schema + "." + table;
    }
}
