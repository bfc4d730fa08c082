package dev.migrator.cli;

import picocli.CommandLine.Option;

/** How a command answers. */
final class OutputOptions {

    @Option(names = "--json", description = "answers with one JSON object on standard output, also for a failure")
    private boolean json;

    @Option(names = "--verbose", description = "writes the whole log to standard error")
    private boolean verbose;

    boolean json() {
        return json;
    }

    boolean verbose() {
        return verbose;
    }
}
