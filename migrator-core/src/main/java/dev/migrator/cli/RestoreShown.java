package dev.migrator.cli;

import dev.migrator.backup.RestorePhase;
import dev.migrator.backup.RestoreProgress;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/** Shows how far a restore is: a line for each phase, and on a terminal a bar over what is restored. */
final class RestoreShown implements RestoreProgress, AutoCloseable {

    private final Shell shell;
    private final boolean silent;
    private @Nullable RestorePhase phase;
    private @Nullable ProgressBar bar;

    /**
     * Shows it.
     *
     * @param silent whether only the answer is to be shown
     */
    RestoreShown(Shell shell, boolean silent) {
        this.shell = shell;
        this.silent = silent;
    }

    @Override
    public synchronized void on(RestorePhase now, int done, int entries) {
        if (silent) {
            return;
        }
        if (now != phase) {
            close();
            phase = now;
            String word = now.name().toLowerCase(Locale.ROOT);
            shell.out().println(Character.toUpperCase(word.charAt(0)) + word.substring(1) + " …");
        }
        Terminal terminal = shell.terminal();
        if (now == RestorePhase.RESTORING && entries > 0 && terminal != null) {
            if (bar == null) {
                bar = Bars.open(shell.out(), terminal, entries);
            }
            bar.stepTo(done);
        }
    }

    @Override
    public synchronized void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
