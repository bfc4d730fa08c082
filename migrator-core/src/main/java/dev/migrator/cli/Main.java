package dev.migrator.cli;

/** Where the process begins and ends. */
public final class Main {

    private Main() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(MigratorCommand.run(Shell.ofProcess(), arguments));
    }
}
