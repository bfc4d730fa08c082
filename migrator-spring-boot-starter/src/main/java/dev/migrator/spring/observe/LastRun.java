package dev.migrator.spring.observe;

import java.util.function.LongSupplier;

/** When a migrator's last run has ended. */
final class LastRun {

    private final LongSupplier nanoTime;
    private volatile long ended;
    private volatile boolean any;

    LastRun(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    void ended() {
        ended = nanoTime.getAsLong();
        any = true;
    }

    /** For how long it has been over, in seconds; not a number where there was none. */
    double ageSeconds() {
        return any ? (nanoTime.getAsLong() - ended) / 1e9 : Double.NaN;
    }
}
