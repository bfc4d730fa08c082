package dev.migrator.benchmarks;

import dev.migrator.Migrator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Many instances that start at once on an empty database, and one alone, in turns. All of them are threads of this JVM, so that
 * it is the waiting for each other that is measured, and not so many cold JVMs on two processors.
 */
final class Fleet {

    private static final String DATABASE = "fleet";

    private Fleet() {}

    /** How many instances, scripts and rounds. */
    static void main(Server server, List<String> arguments)
            throws IOException, InterruptedException, SQLException, ExecutionException {
        int instances = Integer.parseInt(arguments.get(0));
        int scripts = Integer.parseInt(arguments.get(1));
        int rounds = Integer.parseInt(arguments.get(2));
        Path folder = Files.createTempDirectory("fleet");
        ExecutorService threads = Executors.newFixedThreadPool(instances);
        try {
            for (int i = 1; i <= scripts; i++) {
                Files.writeString(folder.resolve("V" + i + "__table.sql"), """
                        CREATE TABLE t%1$d (id bigint PRIMARY KEY, text text NOT NULL);
                        CREATE INDEX ON t%1$d (text);
                        INSERT INTO t%1$d VALUES (1, 'one'), (2, 'two');
                        """.formatted(i));
            }
            // the first rounds are the compiler's
            for (int i = 0; i < 3; i++) {
                run(server, folder, threads, instances);
            }
            double[] ratios = new double[rounds];
            for (int i = 0; i < rounds; i++) {
                double alone = run(server, folder, threads, 1);
                double together = run(server, folder, threads, instances);
                ratios[i] = together / alone;
                System.out.printf(Locale.ROOT, "one: %.0f ms; %d at once: %.0f ms%n", alone, instances, together);
            }
            Arrays.sort(ratios);
            System.out.printf(
                    Locale.ROOT,
                    "%d instances take %.2f times as long as one (median of %d; %.2f to %.2f)%n",
                    instances,
                    ratios[rounds / 2],
                    rounds,
                    ratios[0],
                    ratios[rounds - 1]);
        } finally {
            threads.shutdown();
            Measured.run(List.of("rm", "-r", folder.toString()));
        }
    }

    /** Answers the milliseconds until the last of them is done. */
    private static double run(Server server, Path folder, ExecutorService threads, int instances)
            throws SQLException, InterruptedException, ExecutionException {
        server.recreate(DATABASE);
        List<Opened> pools = new ArrayList<>();
        for (int i = 0; i < instances; i++) {
            pools.add(new Opened(server.dataSource(DATABASE)));
        }
        List<Future<?>> runs = new ArrayList<>();
        long start = System.nanoTime();
        for (Opened pool : pools) {
            runs.add(threads.submit(() -> Migrator.builder(pool)
                    .locations("filesystem:" + folder)
                    .build()
                    .migrate()));
        }
        for (Future<?> run : runs) {
            run.get();
        }
        double milliseconds = (System.nanoTime() - start) / (double) TimeUnit.MILLISECONDS.toNanos(1);
        for (Opened pool : pools) {
            pool.close();
        }
        return milliseconds;
    }
}
