package dev.migrator.benchmarks;

import java.util.Arrays;
import java.util.List;

/** Chooses what is measured. */
public final class Main {

    private static final String USAGE = """
            java -jar benchmarks.jar COMMAND …

              inner [JMH's options]     the inner loops: lexer, checksum, planner; 'inner -h' tells more
            """;

    private Main() {}

    /** The command's first argument is what is measured, the others are that one's. */
    public static void main(String... arguments) throws Exception {
        List<String> rest = Arrays.asList(arguments).subList(Math.min(1, arguments.length), arguments.length);
        switch (arguments.length == 0 ? "" : arguments[0]) {
            case "inner" -> org.openjdk.jmh.Main.main(rest.toArray(String[]::new));
            default -> {
                System.err.print(USAGE);
                System.exit(2);
            }
        }
    }
}
