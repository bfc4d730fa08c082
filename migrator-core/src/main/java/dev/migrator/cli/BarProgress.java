package dev.migrator.cli;

import dev.migrator.run.MigrationListener;
import dev.migrator.run.Phase;
import dev.migrator.run.RunEvent;
import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar over all migrations of a run, with the script and the statement that runs now; gone when the run ends. */
final class BarProgress implements MigrationListener {

    private static final int UPDATE_MS = 100;

    private final PrintStream out;
    private final Terminal terminal;
    private @Nullable ProgressBar bar;

    BarProgress(PrintStream out, Terminal terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public synchronized void on(RunEvent event) {
        if (event instanceof RunEvent.Planned planned && planned.steps() > 0) {
            bar = open(planned.steps());
        } else if (event instanceof RunEvent.PhaseChanged changed && changed.phase() == Phase.WAITING_FOR_LOCK) {
            out.println("Waiting for the migration lock, held by " + changed.detail());
        } else if (bar != null) {
            move(bar, event);
        }
    }

    private void move(ProgressBar open, RunEvent event) {
        if (event instanceof RunEvent.StepStarted started) {
            open.setExtraMessage(
                    started.script() + (started.statements() == 0 ? "" : " statement 1 of " + started.statements()));
        } else if (event instanceof RunEvent.StepProgress progress) {
            open.setExtraMessage(progress.script() + " " + new StatementCount(progress));
        } else if (event instanceof RunEvent.StepRetried retried) {
            open.setExtraMessage(retried.script() + " attempt " + retried.attempt() + ": " + retried.reason());
        } else if (event instanceof RunEvent.StepFinished || event instanceof RunEvent.StepRolledBack) {
            open.step();
        } else if (event instanceof RunEvent.RunFinished
                || event instanceof RunEvent.RollbackFinished
                || event instanceof RunEvent.RunFailed) {
            open.close();
            bar = null;
        }
    }

    private ProgressBar open(int steps) {
        return new ProgressBarBuilder()
                .setTaskName("")
                .setInitialMax(steps)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(UPDATE_MS)
                .setConsumer(new Line(out, terminal.width() - 1))
                .continuousUpdate()
                .hideEta()
                .clearDisplayOnFinish()
                .build();
    }

    /** One line of the terminal, which the bar leaves empty for what comes next. */
    private static final class Line extends ConsoleProgressBarConsumer {

        private final PrintStream out;

        Line(PrintStream out, int width) {
            super(out, width);
            this.out = out;
        }

        @Override
        public void close() {
            out.flush();
        }
    }
}
