package dev.migrator.page;

import dev.migrator.run.Phase;

/** What a run is doing, for people. */
final class PhaseWords {

    private PhaseWords() {}

    static String of(Phase phase) {
        return switch (phase) {
            case CONNECTING -> "Connecting";
            case WAITING_FOR_LOCK -> "Waiting for the migration lock";
            case BACKING_UP -> "Backing up";
            case RUNNING -> "Running";
            case FINISHED -> "Finishing";
        };
    }
}
