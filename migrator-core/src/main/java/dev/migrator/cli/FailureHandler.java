package dev.migrator.cli;

import dev.migrator.run.MigratorException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says why a command failed, in full: on standard error, or as the JSON answer. */
final class FailureHandler implements IExecutionExceptionHandler {

    private final Shell shell;

    FailureHandler(Shell shell) {
        this.shell = shell;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine line, ParseResult parsed) throws Exception {
        if (!(e instanceof MigratorException failure)) {
            throw e;
        }
        FailureDescriptor descriptor = FailureDescriptor.of(failure, new OptionWords(line.getCommandSpec()));
        if (line.getParseResult().hasMatchedOption("--json")) {
            shell.out().println(JsonWriter.write(descriptor));
        } else {
            shell.err().println(descriptor.text());
        }
        return failure.exitCode().value();
    }
}
