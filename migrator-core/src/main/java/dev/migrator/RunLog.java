package dev.migrator;

import dev.migrator.run.MigrationFailedException;
import dev.migrator.run.MigrationListener;
import dev.migrator.run.MigratorException;
import dev.migrator.run.RunCancelledException;
import dev.migrator.run.RunEvent;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what a run does to the log: a line for each migration, one for the whole. */
final class RunLog implements MigrationListener {

    private static final Logger LOG = LoggerFactory.getLogger("dev.migrator");

    private int step;
    private int steps;

    @Override
    public void on(RunEvent event) {
        // what every start tells comes first: to ask for another event loads its class
        if (event instanceof RunEvent.RunStarted || event instanceof RunEvent.PhaseChanged) {
            return;
        }
        if (event instanceof RunEvent.RunFinished finished) {
            finished(finished.report().notes(), finished.report().summary());
        } else if (event instanceof RunEvent.Planned planned && planned.steps() > 0) {
            LOG.info("Migrations: {} to run", planned.steps());
        } else if (event instanceof RunEvent.BackupTaken taken) {
            LOG.info("Backed up to {} in {} ms", taken.name(), taken.durationMs());
        } else if (event instanceof RunEvent.BackupSkipped skipped) {
            LOG.info("No backup is taken: {}. {}", skipped.reason(), skipped.action());
        } else if (event instanceof RunEvent.StepStarted started) {
            step = started.step();
            steps = started.steps();
        } else if (event instanceof RunEvent.StepFinished finished) {
            LOG.info("Applied {} in {} ms ({} of {})", finished.script(), finished.durationMs(), step, steps);
        } else if (event instanceof RunEvent.StepRolledBack taken) {
            LOG.info(
                    "Rolled back {} by {} in {} ms ({} of {})",
                    taken.version(),
                    taken.script(),
                    taken.durationMs(),
                    step,
                    steps);
        } else if (event instanceof RunEvent.StepSkipped skipped) {
            LOG.info("Skipped {} ({} of {}): {}", skipped.script(), step, steps, skipped.reason());
        } else if (event instanceof RunEvent.CallbackFinished callback) {
            ran(callback);
        } else if (event instanceof RunEvent.StepRetried retried) {
            LOG.warn(retried.describe());
        } else if (event instanceof RunEvent.RollbackFinished finished) {
            finished(finished.report().notes(), finished.report().summary());
        } else if (event instanceof RunEvent.RunFailed failed && failed.cause() instanceof RunCancelledException) {
            LOG.warn(
                    "Migrations cancelled: {} Database: {}",
                    failed.cause().description(),
                    failed.cause().databaseState());
        } else if (event instanceof RunEvent.RunFailed failed) {
            LOG.error("Migrations failed: {}", failed.cause().description(), ofCode(failed.cause()));
        }
    }

    private static void finished(List<String> notes, String summary) {
        for (String note : notes) {
            LOG.warn(note);
        }
        LOG.info("Migrations: {}", summary);
    }

    /** Those that are a part of their migrations' transactions, two for each at times, would only make the log long. */
    private static void ran(RunEvent.CallbackFinished callback) {
        if (callback.durationMs() == 0 && callback.callback().contains("Each")) {
            LOG.debug("Ran {} with its migration", callback.script());
        } else {
            LOG.info("Ran {} in {} ms", callback.script(), callback.durationMs());
        }
    }

    /** What a migration's own code threw, whose stack trace says where; null where the server's words say it all. */
    private static @Nullable Throwable ofCode(MigratorException cause) {
        Throwable thrown = cause.getCause() == null ? null : cause.getCause().getCause();
        return cause instanceof MigrationFailedException && thrown != null && !(thrown instanceof SQLException)
                ? thrown
                : null;
    }
}
