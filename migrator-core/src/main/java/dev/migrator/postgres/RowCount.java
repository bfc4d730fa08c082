package dev.migrator.postgres;

import dev.migrator.sql.Quoting;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Counts a table's rows, up to a limit. */
public final class RowCount {

    /** Up to so many are counted one by one. */
    public static final int LIMIT = 10_000;

    private final BriefQuery query;

    public RowCount(BriefQuery query) {
        this.query = query;
    }

    /**
     * How many rows there are, or how many of them have a value in a column.
     *
     * @param relation its name as a statement has it
     * @return at most {@link #LIMIT} + 1; -1 where there is no such relation, or it cannot be read now
     */
    public long of(String relation, @Nullable String column) throws SQLException {
        // of a composite value IS NOT NULL says no where one part of it is null
        String filter = column == null ? "" : " WHERE " + Quoting.identifier(column) + " IS DISTINCT FROM NULL";
        return query.number(
                "SELECT count(*) FROM (SELECT FROM " + relation + filter + " LIMIT " + (LIMIT + 1) + ") counted");
    }
}
