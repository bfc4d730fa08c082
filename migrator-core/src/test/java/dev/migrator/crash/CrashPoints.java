package dev.migrator.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Which of the many points of a run this test run tries; {@code -Dcrash.every} tries them all. */
final class CrashPoints {

    /** Printed, so that {@code -Dcrash.seed} can repeat what failed. */
    static final long SEED = seed();

    private static final boolean EVERY = Boolean.getBoolean("crash.every");

    /** Each waits more than it works: for servers, and for leases to run out. */
    private static final int AT_A_TIME = 4;

    /** JVMs that start have much to do. */
    private static final int PROCESSES_AT_A_TIME = 2;

    private CrashPoints() {}

    private static long seed() {
        long seed = Long.getLong("crash.seed", new Random().nextInt(1_000_000));
        System.out.println("-Dcrash.seed=" + seed);
        return seed;
    }

    /** Of the points from 1 to the last one, one in so many, or all. */
    static IntStream upTo(int last, int oneIn) {
        return some(last, EVERY ? 1 : oneIn);
    }

    /** The same, never all. */
    static IntStream some(int last, int oneIn) {
        int stride = Math.min(last, oneIn);
        int first = 1 + new Random(SEED).nextInt(stride);
        return IntStream.rangeClosed(1, last).filter(point -> (point - first) % stride == 0);
    }

    /** A test for each point, a few of them at a time. */
    static Stream<DynamicTest> tests(IntStream points, String name, IntConsumer test) {
        List<DynamicTest> tests = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
        points.forEach(point -> {
            CompletableFuture<Void> result = CompletableFuture.runAsync(() -> test.accept(point), threads);
            tests.add(DynamicTest.dynamicTest(name.formatted(point), () -> await(result)));
        });
        threads.shutdown();
        return tests.stream();
    }

    /** The same work several times, at a time. */
    static void inParallel(IntConsumer work) throws Throwable {
        ExecutorService threads = Executors.newFixedThreadPool(PROCESSES_AT_A_TIME);
        List<CompletableFuture<Void>> results = IntStream.range(0, PROCESSES_AT_A_TIME)
                .mapToObj(number -> CompletableFuture.runAsync(() -> work.accept(number), threads))
                .toList();
        threads.shutdown();
        await(CompletableFuture.allOf(results.toArray(CompletableFuture[]::new)));
    }

    private static void await(CompletableFuture<Void> result) throws Throwable {
        try {
            // and not join(), which no limit could interrupt
            result.get();
        } catch (ExecutionException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
