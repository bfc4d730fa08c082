package dev.migrator.crash;

import java.util.Random;
import java.util.stream.IntStream;

/** Which of the many points of a run this test run tries; {@code -Dcrash.every} tries them all. */
final class CrashPoints {

    /** Printed, so that {@code -Dcrash.seed} can repeat what failed. */
    static final long SEED = seed();

    private static final int STRIDE = Boolean.getBoolean("crash.every") ? 1 : 10;

    private CrashPoints() {}

    private static long seed() {
        long seed = Long.getLong("crash.seed", new Random().nextInt(1_000_000));
        System.out.println("-Dcrash.seed=" + seed);
        return seed;
    }

    /** Of the points from 1 to the last one. */
    static IntStream upTo(int last) {
        int first = 1 + new Random(SEED).nextInt(STRIDE);
        return IntStream.rangeClosed(1, last).filter(point -> (point - first) % STRIDE == 0);
    }
}
