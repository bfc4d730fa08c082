package dev.migrator.run;

import dev.migrator.sql.Mode;
import dev.migrator.sql.Segment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What only the server knows: that a statement cannot run in a transaction block, or not in one with what ran before it. It
 * has rolled the segment back by then, so that the segment can be cut at that statement and run again, as psql, which runs
 * each statement by itself, would have done.
 */
final class Refusal {

    /** SQLSTATE active_sql_transaction: REINDEX of a partitioned table, CALL of what manages transactions, … */
    private static final String IN_TRANSACTION_BLOCK = "25001";

    /** SQLSTATE invalid_transaction_termination: a procedure or DO block that commits. */
    private static final String COMMITS = "2D000";

    /** SQLSTATE object_in_use: pending trigger events, which a COMMIT before the statement settles. */
    private static final String PENDING_TRIGGER_EVENTS = "55006";

    /** SQLSTATE read_only_sql_transaction: the statement has made it one, in which no checkpoint can be written. */
    private static final String READ_ONLY = "25006";

    private Refusal() {}

    /** Whether a statement could not run in a transaction of its own, with its checkpoint, though it may outside of any. */
    static boolean isOfTransaction(Failure failure) {
        return isOfTransaction(failure.sqlState()) || failure.statement() == 0 && READ_ONLY.equals(failure.sqlState());
    }

    private static boolean isOfTransaction(@Nullable String sqlState) {
        return IN_TRANSACTION_BLOCK.equals(sqlState) || COMMITS.equals(sqlState);
    }

    /** The segment in parts that avoid the failure, or null if that is no such failure. */
    static @Nullable List<Segment> cut(Segment segment, Failure failure) {
        int at = failure.statement();
        if (segment.mode() != Mode.TRANSACTION
                || segment.begin() != null
                || at < segment.first()
                || at > segment.last()) {
            return null;
        }
        boolean alone = isOfTransaction(failure.sqlState());
        boolean apart = PENDING_TRIGGER_EVENTS.equals(failure.sqlState()) && at > segment.first();
        if (!alone && !apart) {
            return null;
        }
        List<Segment> parts = new ArrayList<>(3);
        if (at > segment.first()) {
            parts.add(new Segment(segment.first(), at - 1, Mode.TRANSACTION, null, false));
        }
        if (apart) {
            parts.add(new Segment(at, segment.last(), Mode.TRANSACTION, null, false));
            return parts;
        }
        parts.add(new Segment(at, at, Mode.NONE, null, false));
        if (at < segment.last()) {
            parts.add(new Segment(at + 1, segment.last(), Mode.TRANSACTION, null, false));
        }
        return parts;
    }
}
