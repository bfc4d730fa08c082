package dev.migrator.spring.command;

/** Takes a context down that was there for a command only. It carries no failure, but the command's exit code. */
final class CommandEndedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    CommandEndedException(int exitCode) {
        super("The command has ended", null, false, false);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
