package dev.migrator.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Scripts of any size in a JVM of 64 MB, beside psql with the same file, in turns. psql runs with {@code -1}, which makes one
 * transaction of the file, as Migrator does; {@code -1} is all that makes INSERTs one by one bearable for it.
 */
final class BigScripts {

    private static final String DATABASE = "big_script";

    private final Server server;
    private final List<Double> byClock = new ArrayList<>();
    private final List<Double> byProcessor = new ArrayList<>();

    private BigScripts(Server server) {
        this.server = server;
    }

    /** Sort of script, its size in MB (of 1,000,000 bytes), rounds, and further options of psql in place of {@code -1}. */
    static void main(Server server, List<String> arguments) throws IOException, InterruptedException, SQLException {
        BigScript script = BigScript.valueOf(arguments.get(0).toUpperCase(Locale.ROOT));
        long size = Long.parseLong(arguments.get(1)) * 1_000_000;
        int rounds = Integer.parseInt(arguments.get(2));
        List<String> options = arguments.size() == 3 ? List.of("-1") : arguments.subList(3, arguments.size());
        Path folder = Files.createTempDirectory("big-script");
        Path file = folder.resolve("V1__big.sql");
        try {
            script.write(file, size);
            new BigScripts(server).compare(folder, file, rounds, options.toArray(String[]::new));
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    private void compare(Path folder, Path file, int rounds, String... options)
            throws IOException, InterruptedException, SQLException {
        double megabytes = Files.size(file) / 1e6;
        for (int round = 1; round <= rounds; round++) {
            Side psql = run(server.psql(DATABASE, file, options));
            Side migrator = run(server.migrator(DATABASE, folder, "64m"));
            byClock.add(psql.client().seconds() / migrator.client().seconds());
            byProcessor.add(psql.processor() / migrator.processor());
            System.out.printf(Locale.ROOT, "round %d of %d, %.0f MB%n", round, rounds, megabytes);
            tell("psql " + String.join(" ", options), psql, megabytes);
            tell("Migrator", migrator, megabytes);
            System.out.print("  " + migrator.client().output());
        }
        summarize("throughput by the clock", byClock);
        summarize("throughput by processor time, of client and server", byProcessor);
    }

    private Side run(List<String> command) throws IOException, InterruptedException, SQLException {
        server.recreate(DATABASE);
        double before = server.processor();
        Measured client = Measured.run(command);
        // by now the server has waited for the session's process
        server.execute("postgres", "SELECT pg_sleep(0.2)");
        return new Side(client, server.processor() - before);
    }

    private static void tell(String name, Side side, double megabytes) {
        System.out.printf(
                Locale.ROOT,
                "  %s: %.2f s (%.0f MB/s); processor: client %.2f s, server %.2f s%n",
                name,
                side.client().seconds(),
                megabytes / side.client().seconds(),
                side.client().processor(),
                side.server());
    }

    private static void summarize(String what, List<Double> ratios) {
        Collections.sort(ratios);
        System.out.printf(
                Locale.ROOT,
                "Migrator has %.2f times psql's %s (median of %d; %.2f to %.2f)%n",
                ratios.get(ratios.size() / 2),
                what,
                ratios.size(),
                ratios.get(0),
                ratios.get(ratios.size() - 1));
    }

    /**
     * One of the two, once.
     *
     * @param server the seconds that its session has had of the processor
     */
    private record Side(Measured client, double server) {

        double processor() {
            return client.processor() + server;
        }
    }
}
