package dev.migrator.cli;

import dev.migrator.Migrator;
import dev.migrator.StoppableRun;
import dev.migrator.run.ExitCode;
import dev.migrator.run.MigrationListener;
import dev.migrator.run.RunCancelledException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that works on one database and gives one answer; failures are the {@link FailureHandler}'s. */
abstract class DatabaseCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private final DatabaseOptions database = new DatabaseOptions();

    @Spec
    private @Nullable CommandSpec spec;

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
        Migrator migrator = builder.build();
        return new StoppableRun(migrator).call(() -> answer(migrator));
    }

    /** Why it was cancelled is said here already: a process that is asked to end does not wait for more than this. */
    private int answer(Migrator migrator) {
        try {
            Answer answer = run(migrator);
            shell.out().println(output.json() ? JsonWriter.write(answer.json()) : answer.text());
            return ExitCode.DONE.value();
        } catch (RunCancelledException e) {
            return new FailureHandler(shell).tell(e, commandLine());
        }
    }

    private CommandLine commandLine() {
        return Objects.requireNonNull(spec).commandLine();
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
