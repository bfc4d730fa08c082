package dev.migrator.cli;

import dev.migrator.run.MigrationListener;
import dev.migrator.run.Phase;
import dev.migrator.run.RunEvent;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/** One line for each migration, each wait and each new attempt, and a sign of life while one takes long. */
final class PlainProgress implements MigrationListener {

    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(30);

    private final PrintStream out;
    private String ofAll = "";
    private Instant lastSign = Instant.EPOCH;

    PlainProgress(PrintStream out) {
        this.out = out;
    }

    @Override
    public synchronized void on(RunEvent event) {
        if (event instanceof RunEvent.StepStarted started) {
            ofAll = started.step() + " of " + started.steps();
            lastSign = started.at();
        } else if (event instanceof RunEvent.StepFinished finished) {
            out.println("Applied " + finished.script() + " in " + finished.durationMs() + " ms (" + ofAll + ")");
        } else if (event instanceof RunEvent.StepRolledBack taken) {
            out.println("Rolled back " + taken.version() + " by " + taken.script() + " in " + taken.durationMs()
                    + " ms (" + ofAll + ")");
        } else if (event instanceof RunEvent.PhaseChanged changed && changed.phase() == Phase.WAITING_FOR_LOCK) {
            out.println("Waiting for the migration lock, held by " + changed.detail());
        } else if (event instanceof RunEvent.StepRetried retried) {
            out.println(retried.describe());
        } else if (event instanceof RunEvent.StepProgress progress
                && Duration.between(lastSign, progress.at()).compareTo(SIGN_OF_LIFE) >= 0) {
            lastSign = progress.at();
            out.println(progress.script() + " still runs: " + new StatementCount(progress));
        }
    }
}
