package dev.migrator.run;

import dev.migrator.backup.BackupException;
import dev.migrator.backup.BackupTrial;
import dev.migrator.backup.RestoreProgress;
import dev.migrator.backup.TrialResult;
import dev.migrator.postgres.Session;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Tries out whether a backup can be restored. The database itself is only looked at. */
final class VerifyRun {

    private static final String ONLY_READ = "it was only looked at; nothing is left of the trial.";

    private final RunContext context;
    private final RunOptions options;
    private final Backups backups;
    private final long start = System.nanoTime();

    VerifyRun(RunContext context) {
        this.context = context;
        this.options = context.options();
        this.backups = options.backups();
    }

    VerifyReport verify(@Nullable Path given, RestoreProgress progress) {
        try (Session session = context.database().open()) {
            if (Locking.isBorrowed(session, options)) {
                throw new ConfigurationException(
                        "A backup cannot be tried out through a transaction pooler.",
                        RestoreRun.UNTOUCHED,
                        "Let Migrator connect straight to the server, with migrator.url.",
                        null);
            }
            Path file = backups.file(given, session.facts().database());
            session.beIdle();
            return report(
                    file,
                    new BackupTrial(session.connection(), session.facts(), backups.options(), backups.password())
                            .run(file, Instant.now(), progress, context.cancellation()::mustStop));
        } catch (CancellationException e) {
            throw new RunCancelledException("The trial of the backup was cancelled.", ONLY_READ, "Start it again.", e);
        } catch (BackupException e) {
            if (e.isBegun()) {
                throw new BackupFailedException(String.valueOf(e.getMessage()), ONLY_READ, e.action(), e);
            }
            throw new ConfigurationException(
                    "The backup cannot be tried out: " + e.getMessage(), RestoreRun.UNTOUCHED, e.action(), e);
        } catch (SQLException e) {
            throw Database.trouble("The backup could not be tried out", RestoreRun.UNTOUCHED, e);
        }
    }

    private VerifyReport report(Path file, TrialResult result) {
        return new VerifyReport(
                file,
                result.contents().createdAt(),
                result.contents().database(),
                result.tables(),
                result.rows(),
                result.remarks(),
                result.changes(),
                Duration.ofNanos(System.nanoTime() - start));
    }
}
