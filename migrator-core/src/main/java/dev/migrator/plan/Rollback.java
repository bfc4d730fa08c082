package dev.migrator.plan;

import dev.migrator.migration.Version;

/** Which of the applied versions are to be taken back, newest first. */
public sealed interface Rollback {

    /** The one that was applied last. */
    static Rollback last() {
        return new Count(1);
    }

    /**
     * So many, from the one that was applied last.
     *
     * @throws IllegalArgumentException if that is less than 1
     */
    static Rollback count(int count) {
        return new Count(count);
    }

    /**
     * All above a version, which stays and must be applied; {@code 0} for all.
     *
     * @throws IllegalArgumentException if that is no version
     */
    static Rollback to(String version) {
        return new To(Version.parse(version));
    }

    /**
     * All that the last run has applied. If that has left nothing, because it failed as a whole or applied repeatables only, it is
     * nothing: what an earlier run applied is not meant.
     */
    static Rollback lastRun() {
        return new LastRun();
    }

    /** So many, from the one that was applied last. */
    record Count(int count) implements Rollback {

        /** Refuses to take back nothing, or less. */
        public Count {
            if (count < 1) {
                throw new IllegalArgumentException("At least one version is rolled back, not " + count + ".");
            }
        }
    }

    /** All above a version. */
    record To(Version version) implements Rollback {}

    /** All of the last run. */
    record LastRun() implements Rollback {}
}
