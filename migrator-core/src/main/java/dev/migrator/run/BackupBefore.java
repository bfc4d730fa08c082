package dev.migrator.run;

import dev.migrator.backup.Backup;
import dev.migrator.backup.BackupException;
import dev.migrator.backup.BackupMode;
import dev.migrator.backup.BackupOptions;
import dev.migrator.backup.BackupRequest;
import dev.migrator.backup.DumpBackup;
import dev.migrator.backup.Retention;
import dev.migrator.backup.TakenBackup;
import dev.migrator.history.BackupNames;
import dev.migrator.postgres.ServerFacts;
import dev.migrator.run.UnderLock.Holder;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a backup, as the options say, and deletes those that need not be kept any longer. */
final class BackupBefore {

    private static final Logger LOG = LoggerFactory.getLogger(BackupBefore.class);

    /** The history's newest rows may be those of a run that went wrong: what it began with must be there too. */
    private static final int NAMED = 3;

    private final RunContext context;
    private final Holder holder;
    private final Events events;
    private final Backups backups;
    private final BackupOptions options;

    BackupBefore(RunContext context, Holder holder) {
        this(context, holder, context.options().backups().options());
    }

    private BackupBefore(RunContext context, Holder holder, BackupOptions options) {
        this.context = context;
        this.holder = holder;
        this.events = context.events();
        this.backups = context.options().backups();
        this.options = options;
    }

    /**
     * Takes one because somebody wants it now.
     *
     * @throws BackupFailedException if there is none
     */
    static BackupReport takeNow(RunContext context, Holder holder) throws SQLException {
        long start = System.nanoTime();
        BackupOptions required = context.options().backups().options().mode(BackupMode.REQUIRED);
        TakenBackup taken = Objects.requireNonNull(new BackupBefore(context, holder, required).take("by-hand"));
        return new BackupReport(
                taken.name(), taken.bytes(), taken.restoreCommand(), Duration.ofNanos(System.nanoTime() - start));
    }

    /**
     * Takes one before something runs.
     *
     * @return null where there is none, which has been said
     * @throws BackupFailedException if there is none and should be one
     */
    @Nullable
    TakenBackup take(String occasion) throws SQLException {
        events.phase(Phase.BACKING_UP, null);
        ServerFacts facts = holder.session().facts();
        Instant at = Instant.now();
        BackupRequest request = new BackupRequest(facts.database(), occasion, events.runId(), at);
        try {
            TakenBackup taken = take(request, facts);
            events.tell(new RunEvent.BackupTaken(
                    events.runId(),
                    Instant.now(),
                    taken.name(),
                    taken.bytes(),
                    Instant.now().toEpochMilli() - at.toEpochMilli()));
            return taken;
        } catch (BackupException e) {
            if (context.cancellation().mustStop()) {
                // ctrl-C on a terminal ends pg_dump as well, and that may be heard of first
                throw cancelled(e);
            }
            if (e.isBegun() || options.mode() == BackupMode.REQUIRED) {
                throw failed(e);
            }
            events.tell(new RunEvent.BackupSkipped(
                    events.runId(), Instant.now(), String.valueOf(e.getMessage()), e.action()));
            return null;
        } catch (CancellationException e) {
            throw cancelled(e);
        }
    }

    private static RunCancelledException cancelled(Exception cause) {
        return new RunCancelledException(
                "The run was cancelled while a backup was taken.", Database.UNTOUCHED, Cancellation.ACTION, cause);
    }

    private TakenBackup take(BackupRequest request, ServerFacts facts) throws BackupException, SQLException {
        Backup own = backups.own();
        boolean borrowed = Locking.isBorrowed(holder.session(), context.options());
        if (own != null) {
            if (!borrowed) { // a pooler's other clients would meet the setting
                holder.session().beIdle();
            }
            return ask(own, request);
        }
        TakenBackup taken = new DumpBackup(options, backups.password())
                .take(
                        holder.session().connection(),
                        facts.version(),
                        borrowed,
                        request,
                        (bytes, expected) -> events.tell(
                                new RunEvent.BackupProgress(events.runId(), Instant.now(), bytes, expected)),
                        context.cancellation()::mustStop);
        prune(facts.database(), taken);
        return taken;
    }

    private static TakenBackup ask(Backup own, BackupRequest request) throws BackupException {
        try {
            return own.take(request);
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw BackupException.failed(
                    own.getClass().getName() + ": " + e,
                    "See to it, and start again; or go without, with" + " migrator.backup.mode=off.",
                    e);
        }
    }

    /** The new one is there: whatever goes wrong with the old ones is no reason not to run. */
    private void prune(String database, TakenBackup taken) {
        // no history names it yet, and by a clock that is behind the others' it is not the newest
        List<String> named = new ArrayList<>(List.of(taken.name()));
        try {
            named.addAll(BackupNames.newest(holder.session().connection(), holder.table(), NAMED));
        } catch (SQLException e) {
            LOG.debug("There is no history that names backups", e);
        }
        Retention.Result result = Retention.of(options).apply(options.directory(), database, named, Instant.now());
        result.deleted().forEach(path -> LOG.info("Deleted the old backup {}", path));
        result.warnings().forEach(LOG::warn);
    }

    private static BackupFailedException failed(BackupException e) {
        return new BackupFailedException(
                (e.isBegun() ? "The backup failed: " : "No backup can be taken, and there should be one: ")
                        + e.getMessage(),
                Database.UNTOUCHED,
                e.action(),
                e);
    }
}
