package dev.migrator.run;

import dev.migrator.backup.TakenBackup;
import dev.migrator.history.WayBack;
import org.jspecify.annotations.Nullable;

/**
 * What a run that fails can fall back on.
 *
 * @param backup taken before its first step, or null
 * @param restorePoint its name in the write-ahead log, or null
 */
record SafetyNet(@Nullable TakenBackup backup, @Nullable String restorePoint) {

    static final SafetyNet NONE = new SafetyNet(null, null);

    /** As the history tells of it. */
    WayBack wayBack() {
        return new WayBack(backup == null ? null : backup.name(), restorePoint);
    }

    /** To be added to what a failed run says of the database; empty or a sentence, with a space before it. */
    String state() {
        return backup == null ? "" : " The backup taken before this run: " + backup.name() + ".";
    }

    /** To be added to what is to be done next; empty or a line of its own. */
    String action() {
        return backup == null || backup.restoreCommand() == null
                ? ""
                : "\nTo go back to where this run began: " + backup.restoreCommand();
    }
}
