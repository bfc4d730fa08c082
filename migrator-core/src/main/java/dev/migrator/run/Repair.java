package dev.migrator.run;

import org.jspecify.annotations.Nullable;

/**
 * How to settle an unfinished migration where only a person can tell how far it has come: {@code Repair.resumeAfter(3)}, or
 * {@code Repair.markApplied().of("V7__fill.sql")}.
 *
 * @param migration the migration's version or script; null where only one is unfinished
 * @param way what is to be recorded
 * @param statement the last statement that is done; 0 but for {@link Way#RESUME_AFTER}
 */
public record Repair(@Nullable String migration, Way way, int statement) {

    /** What is to be recorded. */
    public enum Way {
        /** The statements up to one are done: the next run goes on behind it. */
        RESUME_AFTER,
        /** All of it is done: it does not run again. */
        MARK_APPLIED,
        /** The statement behind the checkpoint is not done: the next run executes it again. */
        RETRY
    }

    /**
     * Its statements up to this one are done.
     *
     * @param statement counted from 1 as errors do; 0 if none is done
     */
    public static Repair resumeAfter(int statement) {
        return new Repair(null, Way.RESUME_AFTER, statement);
    }

    /** It is done as it stands now. */
    public static Repair markApplied() {
        return new Repair(null, Way.MARK_APPLIED, 0);
    }

    /** What was begun behind its checkpoint is not done. */
    public static Repair retry() {
        return new Repair(null, Way.RETRY, 0);
    }

    /** The same of the migration with this version or script. */
    public Repair of(String versionOrScript) {
        return new Repair(versionOrScript, way, statement);
    }

    /** What a person can do about a statement whose outcome nobody knows. */
    static String waysOut(String script, int statement, boolean takesBack) {
        String command = "'repair " + script + " --";
        return "Look whether statement " + statement + " is done, and settle it with the command line"
                + " (java -jar migrator-cli.jar repair) or Migrator.repair() in Java. If it is done: " + command
                + "resume-after " + statement + "', or Repair.resumeAfter(" + statement
                + "). If it is to run again from its beginning: " + command
                + "retry', or Repair.retry(). If the whole script is done"
                + (takesBack ? ", so that the version is rolled back: " : ": ") + command
                + "mark-applied', or Repair.markApplied()"
                + (takesBack ? "; else roll back again then." : ". Then start again.");
    }
}
