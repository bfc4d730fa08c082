package dev.migrator.plan;

import dev.migrator.history.HistoryRow;
import dev.migrator.migration.Migration;
import org.jspecify.annotations.Nullable;

/**
 * One migration that is to run.
 *
 * @param resumes the row of an earlier, unfinished run with its checkpoint, or null to begin at the beginning
 * @param takesBack whether it takes a version back: the migration is then what does that
 * @param abandons the row of what nobody takes up again, finished or not: of a repeatable's former text, of what is taken back;
 *     or null
 */
public record Step(
        Migration migration,
        boolean takesBack,
        @Nullable HistoryRow resumes,
        @Nullable HistoryRow abandons) {

    /** One that applies its migration. */
    static Step forward(Migration migration, @Nullable HistoryRow resumes, @Nullable HistoryRow abandons) {
        return new Step(migration, false, resumes, abandons);
    }

    /**
     * One that takes a version back.
     *
     * @param taken the row of what is taken back
     */
    static Step back(Migration rollback, @Nullable HistoryRow resumes, HistoryRow taken) {
        return new Step(rollback, true, resumes, taken);
    }

    /** The same, of a migration without a checksum once its text has been read. */
    public Step of(String checksum) {
        return migration.checksum() != null
                ? this
                : new Step(migration.summedUp(checksum), takesBack, resumes, abandons);
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
