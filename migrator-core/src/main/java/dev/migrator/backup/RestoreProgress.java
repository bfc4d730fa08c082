package dev.migrator.backup;

/** Is told how far a restore is; by any thread, one after the other. */
@FunctionalInterface
public interface RestoreProgress {

    /** Tells nobody. */
    RestoreProgress NONE = (phase, done, entries) -> {};

    /**
     * It goes on.
     *
     * @param done how many entries of the dump's table of contents are restored, or being restored
     * @param entries how many there are; 0 where that is not known
     */
    void on(RestorePhase phase, int done, int entries);
}
