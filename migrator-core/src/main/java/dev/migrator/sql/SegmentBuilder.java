package dev.migrator.sql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a script into segments. What the script does not put between BEGIN and COMMIT itself forms one transaction as far as it can:
 * a border is put around statements that cannot run in one, and behind new enum values, which can be used only after a commit.
 */
final class SegmentBuilder {

    private final boolean implicitTransactions;
    private final List<Segment> segments = new ArrayList<>();

    private int first;
    private int last;
    private Mode mode = Mode.TRANSACTION;
    private boolean afterNewValue;
    /** The script's BEGIN whose transaction is open. */
    private @Nullable Statement begin;

    /**
     * @param implicitTransactions whether what stands outside of the script's own transactions is put into some
     */
    SegmentBuilder(boolean implicitTransactions) {
        this.implicitTransactions = implicitTransactions;
    }

    void add(StatementCursor statement) {
        switch (statement.kind()) {
            case BEGIN -> begin(statement);
            case COMMIT -> end(statement.chain(), false);
            // without a BEGIN there is nothing that the server would roll back: it warns, and what has run stays
            case ROLLBACK -> end(statement.chain(), begin != null);
            case PREPARE_TRANSACTION ->
                throw statement.error("PREPARE TRANSACTION would leave the migration's outcome open: use COMMIT");
            default -> work(statement.number(), statement.kind());
        }
    }

    /**
     * @throws ScriptException if a transaction is open: psql would roll it back without a word
     */
    List<Segment> finish(String script) {
        if (begin != null) {
            throw new ScriptException(
                    script, begin.line(), begin.column(), "this transaction is never committed", begin.excerpt(1));
        }
        close(false);
        return List.copyOf(segments);
    }

    private void work(int number, Kind kind) {
        Mode wanted = mode(kind);
        boolean needsCommit = afterNewValue && kind != Kind.ADD_ENUM_VALUE;
        if (wanted != mode || needsCommit) {
            close(false);
        }
        if (first == 0) {
            first = number;
        }
        last = number;
        mode = wanted;
        afterNewValue = begin == null && kind == Kind.ADD_ENUM_VALUE;
    }

    private Mode mode(Kind kind) {
        // inside of its own transaction the script is followed, even where the server will refuse it
        boolean transaction = begin != null || implicitTransactions && kind != Kind.OUTSIDE_TRANSACTION;
        return transaction ? Mode.TRANSACTION : Mode.NONE;
    }

    private void begin(StatementCursor statement) {
        // inside of a transaction the server warns, and goes on
        if (begin == null) {
            close(false);
            begin = statement.statement();
        }
    }

    private void end(boolean chain, boolean rollback) {
        close(rollback);
        if (!chain) {
            begin = null;
        }
    }

    private void close(boolean rollback) {
        if (first > 0) {
            segments.add(new Segment(first, last, mode, begin == null ? null : begin.text(), rollback));
        }
        first = 0;
        afterNewValue = false;
    }
}
