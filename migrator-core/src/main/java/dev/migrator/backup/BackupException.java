package dev.migrator.backup;

import org.jspecify.annotations.Nullable;

/** Why there is no backup, or no restored database. */
public final class BackupException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean begun;
    private final String action;

    private BackupException(String message, boolean begun, String action, @Nullable Throwable cause) {
        super(message, cause);
        this.begun = begun;
        this.action = action;
    }

    /** Something that it needs is not there: nothing was begun. */
    public static BackupException notPossible(String message, String action) {
        return new BackupException(message, false, action, null);
    }

    /** It was begun and came to nothing; what it had made is gone again. */
    public static BackupException failed(String message, String action, @Nullable Throwable cause) {
        return new BackupException(message, true, action, cause);
    }

    /** Whether it had been begun. */
    public boolean isBegun() {
        return begun;
    }

    /** What to do about it, in one sentence or two. */
    public String action() {
        return action;
    }
}
