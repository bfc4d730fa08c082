package dev.migrator.plan;

import dev.migrator.history.HistoryRow;
import dev.migrator.history.State;
import dev.migrator.migration.Migration;

/** Whether a migration that is found here is the one that a row of the history tells of; its version alone does not say so. */
final class Identity {

    private Identity() {}

    /** Whether it is plain that another text was applied. */
    static boolean differs(Migration migration, HistoryRow row) {
        return migration.checksum() != null
                && row.checksum() != null
                && !migration.checksum().equals(row.checksum());
    }

    /**
     * Whether what takes it back is not meant for what the row tells of. What has the same text may be called otherwise by now.
     * Where that cannot be compared, as with one in Java, the name has to do; and one that has not come to its end may have been
     * mended.
     */
    static boolean isAnother(Migration migration, HistoryRow row) {
        if (migration.checksum() == null || row.checksum() == null) {
            return !isCalledAlike(migration, row);
        }
        return differs(migration, row) && (row.state() == State.APPLIED || !isCalledAlike(migration, row));
    }

    /** It may have been moved: to another folder, or package. */
    static boolean isCalledAlike(Migration migration, HistoryRow row) {
        return migration.script().equals(row.script())
                || migration.description().equals(row.description());
    }
}
