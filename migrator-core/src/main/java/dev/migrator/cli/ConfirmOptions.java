package dev.migrator.cli;

import picocli.CommandLine.Option;

/** That a person need not be asked. */
final class ConfirmOptions {

    @Option(names = "--yes", description = "does it without asking")
    private boolean yes;

    boolean yes() {
        return yes;
    }
}
