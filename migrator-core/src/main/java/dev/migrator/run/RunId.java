package dev.migrator.run;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Makes the ids of runs: UUIDs of version 7 (RFC 9562), which sort by time. They are no secret, so that
 * {@code SecureRandom}, which costs a cold JVM some 50 classes, is not asked.
 */
final class RunId {

    private RunId() {}

    static UUID next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long time = System.currentTimeMillis() << 16 | 0x7000L | random.nextInt(1 << 12);
        return new UUID(time, random.nextLong() >>> 2 | 0x8000_0000_0000_0000L);
    }
}
