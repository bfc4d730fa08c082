package dev.migrator.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.migrator.testing.Scripts;
import dev.migrator.testing.TestDatabase;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Real JVMs die by SIGKILL while they migrate: at random, {@code -Dcrash.kills} times, and at statement boundaries. */
@ParameterizedClass
@EnumSource
class KilledProcessIT {

    private static final int KILLS = Integer.getInteger("crash.kills", 5);

    /** Of the boundaries, a JVM for one in so many; also where all are tried without one. */
    private static final int ONE_IN = 80;

    @TempDir
    private Path folder;

    private final Route route;
    private Entrance entrance;
    private CleanRun clean;
    private long cleanMs;
    private int works;

    KilledProcessIT(Route route) {
        this.route = route;
    }

    @BeforeEach
    void measure() {
        entrance = Entrance.of(route);
        route.writeTo(new Scripts(folder));
        try (TestDatabase database = TestDatabase.create();
                WireProxy proxy = new WireProxy(entrance.port());
                MigratingProcess process = start(proxy.url(database.name())).awaitReady()) {
            long start = System.nanoTime();
            requireSuccess(process.go());
            cleanMs = (System.nanoTime() - start) / 1_000_000;
            clean = CleanRun.in(database);
            works = proxy.sent();
        }
    }

    @AfterEach
    void closeEntrance() {
        if (entrance != null) {
            entrance.close();
        }
    }

    private MigratingProcess start(String url) {
        return MigratingProcess.start(route, url, EveryShape.locations(folder));
    }

    private static void requireSuccess(MigratingProcess process) {
        int code = process.exitCode();
        assertThat(code).as(process.output()).isZero();
    }

    @Test
    void killedAtRandomUntilOneRunEndsByItself() throws Throwable {
        AtomicInteger kills = new AtomicInteger();
        AtomicInteger rounds = new AtomicInteger();
        CrashPoints.inParallel(number -> {
            Random random = new Random(CrashPoints.SEED + number);
            while (kills.get() < KILLS) {
                try (TestDatabase database = TestDatabase.create()) {
                    killUntilDone(database, random, kills);
                    clean.requireIn(database);
                    rounds.incrementAndGet();
                }
            }
        });
        System.out.printf("%s: a run takes %d ms; killed %s times, in %s databases%n", route, cleanMs, kills, rounds);
    }

    /** Until one run was quick enough; each has somewhat more time, for others are at work at the same time. */
    private void killUntilDone(TestDatabase database, Random random, AtomicInteger kills) {
        for (int killed = 0; ; killed++) {
            try (MigratingProcess process = start(entrance.url(database)).awaitReady()) {
                // else most would die while they wait for the lease of the one before
                await().until(() -> CleanRun.leaseIsFree(database));
                process.go();
                if (process.endsWithin(random.nextLong(cleanMs + cleanMs * killed / 4))) {
                    requireSuccess(process);
                    return;
                }
                process.kill();
                kills.incrementAndGet();
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> killedBehindAStatement() {
        return CrashPoints.tests(
                CrashPoints.some(works, route.isLeased() ? 3 * ONE_IN : ONE_IN),
                "behind %d of " + works,
                this::killBehind);
    }

    private void killBehind(int point) {
        try (TestDatabase database = TestDatabase.create();
                WireProxy proxy = new WireProxy(entrance.port());
                MigratingProcess killed = start(proxy.url(database.name())).awaitReady();
                MigratingProcess next = start(entrance.url(database)).awaitReady()) {
            proxy.cuttingBehindWork(point).atCut(killed::kill);

            int code = killed.go().exitCode();
            requireSuccess(next.go());

            assertThat(code).isEqualTo(128 + 9);
            clean.requireIn(database);
        }
    }
}
