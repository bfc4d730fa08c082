package dev.migrator.plan;

import dev.migrator.history.HistoryRow;
import dev.migrator.migration.Migration;
import org.jspecify.annotations.Nullable;

/**
 * One migration that is to run.
 *
 * @param resumes the row of an earlier, unfinished run with its checkpoint, or null to begin at the beginning
 * @param abandons the row of an earlier, unfinished run of a repeatable's former text, which nobody takes up again, or null
 */
public record Step(
        Migration migration,
        @Nullable HistoryRow resumes,
        @Nullable HistoryRow abandons) {

    /** One that abandons nothing. */
    public Step(Migration migration, @Nullable HistoryRow resumes) {
        this(migration, resumes, null);
    }

    /** How many of its statements are done already. */
    public int statementsDone() {
        return resumes == null ? 0 : resumes.statementsDone();
    }

    /** Whether nobody recorded what became of the statement behind those, which was begun outside of a transaction. */
    public boolean hidesOutcome() {
        return resumes != null && resumes.hidesOutcome();
    }
}
