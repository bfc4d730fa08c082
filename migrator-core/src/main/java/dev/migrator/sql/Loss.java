package dev.migrator.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Data that goes for good when a statement runs, as far as its words say it.
 *
 * @param relation the table's (or schema's) name as it is written, with quotes and schema; for {@link Sort#DEPENDENTS} with the
 *     word for its sort before it; empty for {@link Sort#CODE}
 * @param column the column (or a type's attribute) as the catalog has it, or null
 * @param cascades whether it says CASCADE, so that other things go along
 */
public record Loss(Sort sort, String relation, @Nullable String column, boolean cascades) {

    /** Of which nothing else goes along, as far as its words say it. */
    public Loss(Sort sort, String relation, @Nullable String column) {
        this(sort, relation, column, false);
    }

    /** What goes. */
    public enum Sort {
        TABLE,
        COLUMN,
        /** An attribute of a composite type, in all columns of that type. */
        ATTRIBUTE,
        /** What a column's values are after they are made another type's. */
        TYPE,
        /** All rows of a table. */
        CONTENT,
        /** Some rows of a table. */
        ROWS,
        /** Values of some rows of a table. */
        VALUES,
        /** What holds no data, such as a type or a function, or what a role owns, with all that depends on it. */
        DEPENDENTS,
        /** A schema, with all that is in it. */
        SCHEMA,
        /** Nobody can tell: the statement runs code. */
        CODE
    }

    /** Reads a statement. */
    public static List<Loss> of(String statement) {
        return new LossParser(statement).parse();
    }
}
