package dev.migrator.cli;

import dev.migrator.backup.ByteCount;
import dev.migrator.run.MigrationListener;
import dev.migrator.run.Phase;
import dev.migrator.run.RunEvent;
import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/** A progress bar over all migrations of a run, with the script and the statement that runs now; gone when the run ends. */
final class BarProgress implements MigrationListener {

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
            bar = Bars.open(out, terminal, planned.steps());
        } else if (event instanceof RunEvent.PhaseChanged changed && changed.phase() == Phase.WAITING_FOR_LOCK) {
            out.println("Waiting for the migration lock, held by " + changed.detail());
        } else if (event instanceof RunEvent.BackupTaken taken) {
            above("Backed up to " + taken.name() + " in " + taken.durationMs() + " ms");
        } else if (event instanceof RunEvent.BackupSkipped skipped) {
            above("No backup is taken: " + skipped.reason() + ".");
        } else if (bar != null) {
            move(bar, event);
        }
    }

    /** A line that stays, in place of the bar, which comes again below it. */
    private void above(String line) {
        out.print('\r' + " ".repeat(terminal.width() - 1) + '\r');
        out.println(line);
    }

    private void move(ProgressBar open, RunEvent event) {
        if (event instanceof RunEvent.BackupProgress backup) {
            open.setExtraMessage("backing up, " + ByteCount.text(backup.bytes()) + " written");
        } else if (event instanceof RunEvent.StepStarted started) {
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
}
