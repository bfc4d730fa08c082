package dev.migrator.benchmarks;

import java.util.Arrays;
import java.util.List;

/** Chooses what is measured. */
public final class Main {

    private static final String USAGE = """
            java -jar benchmarks.jar COMMAND …

              inner [JMH's options]        the inner loops: lexer, checksum, planner; 'inner -h' tells more
              big SORT MB ROUNDS [psql's]  a script of that size (copy, inserts or rows) in a JVM of 64 MB, beside psql
              pending HEAP COUNT …         so many pending scripts, in a JVM with such a heap (as 256m)
              fleet INSTANCES COUNT ROUNDS so many instances at once on an empty database, beside one; so many scripts
              far LISTEN HOST PORT MS      a proxy before a server, which adds so many milliseconds to each round trip

            'big', 'pending' and 'fleet' start the newest PostgreSQL that Debian has installed; or name one by PGHOST, PGPORT, PGUSER, PGPASSWORD.
            """;

    private Main() {}

    /** The command's first argument is what is measured, the others are that one's. */
    public static void main(String... arguments) throws Exception {
        List<String> rest = Arrays.asList(arguments).subList(Math.min(1, arguments.length), arguments.length);
        switch (arguments.length == 0 ? "" : arguments[0]) {
            case "inner" -> org.openjdk.jmh.Main.main(rest.toArray(String[]::new));
            case "big" -> withServer(BigScripts::main, rest);
            case "pending" -> withServer(ManyPending::main, rest);
            case "fleet" -> withServer(Fleet::main, rest);
            case "far" -> FarServer.main(rest);
            default -> {
                System.err.print(USAGE);
                System.exit(2);
            }
        }
    }

    private static void withServer(Measurement measurement, List<String> arguments) throws Exception {
        try (Server server = Server.open()) {
            measurement.main(server, arguments);
        }
    }

    private interface Measurement {

        void main(Server server, List<String> arguments) throws Exception;
    }
}
