package dev.migrator.cli;

import dev.migrator.Migrator;
import dev.migrator.StoppableRun;
import dev.migrator.run.ConfigurationException;
import dev.migrator.run.ExitCode;
import dev.migrator.run.MigrationListener;
import dev.migrator.run.MigratorException;
import dev.migrator.run.RunCancelledException;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that works on a database, or on each of several; what fails before that is the {@link FailureHandler}'s. */
abstract class DatabaseCommand implements Callable<Integer> {

    private final Shell shell;
    private final MigratorSource source;
    private final Reach reach;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    DatabaseCommand(Shell shell, MigratorSource source, Reach reach) {
        this.shell = shell;
        this.source = source;
        this.reach = reach;
    }

    @Override
    public final Integer call() {
        Map<String, Migrator> migrators = source.migrators();
        if (reach == Reach.ONE) {
            requireOne(migrators);
        }
        Answers answers =
                new Answers(shell, output.json(), migrators.size() > 1, new OptionWords(Objects.requireNonNull(spec)));
        Iterator<Map.Entry<String, Migrator>> each = migrators.entrySet().iterator();
        boolean first = true;
        boolean goesOn = true;
        while (goesOn) {
            Map.Entry<String, Migrator> next = each.next();
            Migrator migrator = next.getValue();
            answers.head(next.getKey(), first);
            prepare(migrator);
            if (!output.json()) {
                migrator.addListener(progress());
            }
            goesOn = new StoppableRun(migrator).call(() -> answer(next.getKey(), migrator, answers, !each.hasNext()));
            first = false;
        }
        return answers.code().value();
    }

    private static void requireOne(Map<String, Migrator> migrators) {
        if (migrators.size() > 1) {
            throw new ConfigurationException(
                    "The application has several migrators, and this is done with one: "
                            + String.join(", ", migrators.keySet()) + ".",
                    "it was not looked at.",
                    "Name the one that is meant, with --migrator.",
                    null);
        }
    }

    /**
     * Also says it, and why it was cancelled: a process that is asked to end does not wait for more than this.
     *
     * @return whether the next one's turn comes
     */
    private boolean answer(String name, Migrator migrator, Answers answers, boolean last) {
        boolean cancelled = false;
        try {
            answers.give(name, run(name, migrator));
        } catch (MigratorException e) {
            answers.fail(name, e);
            cancelled = e instanceof RunCancelledException;
        }
        boolean goesOn = !last && !cancelled && (reach == Reach.ALL || answers.code() == ExitCode.DONE);
        if (!goesOn) {
            finish(name, answers);
        }
        return goesOn;
    }

    private void finish(String name, Answers answers) {
        try {
            finish();
        } catch (MigratorException e) {
            answers.fail(name, e);
        }
        answers.end();
    }

    /**
     * Makes sure that it is to be done, before anything begins: a person is asked here, where ctrl-C still ends the process at
     * once.
     */
    void prepare(Migrator migrator) {}

    /** Does it, and says what it has done. */
    abstract Answer run(Migrator migrator);

    /** The same, for a command to which the migrator's name matters. */
    Answer run(String name, Migrator migrator) {
        return run(migrator);
    }

    /** What is left to do when all migrators have had their turn. */
    void finish() {}

    boolean json() {
        return output.json();
    }

    Shell shell() {
        return shell;
    }

    /** Shows what goes on; not asked for where only the answer is to be shown. */
    MigrationListener progress() {
        Terminal terminal = shell.terminal();
        return terminal == null ? new PlainProgress(shell.out()) : new BarProgress(shell.out(), terminal);
    }
}
