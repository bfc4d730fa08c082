package dev.migrator.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.testing.Scripts;
import dev.migrator.testing.TestDatabase;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Real JVMs die by SIGKILL while they migrate: at random, {@code -Dcrash.kills} times, and at statement boundaries. */
class KilledProcessIT {

    private static final int KILLS = Integer.getInteger("crash.kills", 24);

    /** Of those boundaries that {@link LineCutTest} tries, a JVM for one in so many. */
    private static final int THINNING = 8;

    private final Random random = new Random(CrashPoints.SEED);

    @TempDir
    private Path folder;

    private CleanRun clean;
    private long cleanMs;
    private int works;

    @BeforeEach
    void measure() {
        EveryShape.writeTo(new Scripts(folder));
        try (TestDatabase database = TestDatabase.create();
                WireProxy proxy = new WireProxy(TestDatabase.port());
                MigratingProcess process = start(proxy.url(database.name())).awaitReady()) {
            long start = System.nanoTime();
            requireSuccess(process.go());
            cleanMs = (System.nanoTime() - start) / 1_000_000;
            clean = CleanRun.in(database);
            works = proxy.sent();
        }
    }

    private MigratingProcess start(String url) {
        return MigratingProcess.start(url, EveryShape.locations(folder));
    }

    private static void requireSuccess(MigratingProcess process) {
        int code = process.exitCode();
        assertThat(code).as(process.output()).isZero();
    }

    @Test
    void killedAtRandomUntilOneRunEndsByItself() {
        int rounds = 0;
        for (int kills = 0; kills < KILLS; rounds++) {
            try (TestDatabase database = TestDatabase.create()) {
                kills += killUntilDone(database);
                clean.requireIn(database);
            }
        }
        System.out.println(
                "A run takes " + cleanMs + " ms; killed " + KILLS + " times or more, in " + rounds + " databases");
    }

    /** How many runs were killed before one was quick enough. */
    private int killUntilDone(TestDatabase database) {
        for (int kills = 0; ; kills++) {
            try (MigratingProcess process = start(database.url()).awaitReady()) {
                process.go();
                if (process.endsWithin(random.nextLong(cleanMs))) {
                    requireSuccess(process);
                    return kills;
                }
                process.kill();
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> killedBehindAStatement() {
        int first = random.nextInt(THINNING);
        return CrashPoints.upTo(works)
                .filter(point -> point / 10 % THINNING == first)
                .mapToObj(
                        point -> DynamicTest.dynamicTest("behind " + point + " of " + works, () -> killBehind(point)));
    }

    private void killBehind(int point) {
        try (TestDatabase database = TestDatabase.create();
                WireProxy proxy = new WireProxy(TestDatabase.port());
                MigratingProcess killed = start(proxy.url(database.name())).awaitReady();
                MigratingProcess next = start(database.url()).awaitReady()) {
            proxy.cuttingBehindWork(point).atCut(killed::kill);

            int code = killed.go().exitCode();
            requireSuccess(next.go());

            assertThat(code).isEqualTo(128 + 9);
            clean.requireIn(database);
        }
    }
}
