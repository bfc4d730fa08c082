package dev.migrator.cli;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress bars as all commands draw them: in one line of the terminal, gone when they end. */
final class Bars {

    private static final int UPDATE_MS = 100;

    private Bars() {}

    /** Draws one from 0 to that number. */
    static ProgressBar open(PrintStream out, Terminal terminal, int max) {
        return new ProgressBarBuilder()
                .setTaskName("")
                .setInitialMax(max)
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
