package dev.migrator.cli;

import dev.migrator.Migrator;
import dev.migrator.run.ExitCode;
import dev.migrator.run.MigrationListener;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that works on one database and gives one answer; failures are the {@link FailureHandler}'s. */
abstract class DatabaseCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private final DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    DatabaseCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        new LogLevel(output.verbose()).set();
        Migrator.Builder builder = database.migrator(shell);
        configure(builder);
        if (!output.json()) {
            builder.listener(progress());
        }
        Answer answer = run(builder.build());
        shell.out().println(output.json() ? JsonWriter.write(answer.json()) : answer.text());
        return ExitCode.DONE.value();
    }

    boolean json() {
        return output.json();
    }

    /** Says what the command's own options say. */
    abstract void configure(Migrator.Builder builder);

    abstract Answer run(Migrator migrator);

    private MigrationListener progress() {
        Terminal terminal = shell.terminal();
        return terminal == null ? new PlainProgress(shell.out()) : new BarProgress(shell.out(), terminal);
    }
}
