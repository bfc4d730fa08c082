package dev.migrator;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table of the schema that is migrated, with its columns in their order. */
public record TableInfo(String name, List<Column> columns) {

    /**
     * A column.
     *
     * @param type as PostgreSQL writes it, {@code character varying(20)}
     * @param defaultValue the expression, or how it is generated; null if it has neither
     */
    public record Column(
            String name,
            String type,
            boolean nullable,
            @Nullable String defaultValue) {}
}
