package dev.migrator.run;

import dev.migrator.backup.BackupException;
import dev.migrator.backup.DumpContents;
import dev.migrator.backup.NameSwap;
import dev.migrator.backup.Restoration;
import dev.migrator.backup.RestoreOutlook;
import dev.migrator.backup.RestorePhase;
import dev.migrator.backup.RestoreProgress;
import dev.migrator.history.TableName;
import dev.migrator.lock.MigrationLock;
import dev.migrator.postgres.Catalog;
import dev.migrator.postgres.Session;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;

/**
 * Puts a dump in the place of the database. Nobody migrates meanwhile: the migration lock is held in the old database until its
 * place is taken, which needs our own session gone. Who gets the lock in that moment is in the way, as anybody else.
 */
final class RestoreRun {

    static final String UNTOUCHED = "nothing was touched; it is as it was.";

    private static final String AGAIN = "Restore again when you want to.";

    private final RunContext context;
    private final RunOptions options;
    private final Backups backups;
    private final Events events;
    private final Cancellation cancellation;
    private final long start = System.nanoTime();
    private final Instant at = Instant.now();

    RestoreRun(RunContext context) {
        this.context = context;
        this.options = context.options();
        this.backups = options.backups();
        this.events = context.events();
        this.cancellation = context.cancellation();
    }

    /** Says what would be done, and touches nothing. */
    RestorePlan plan(Restore restore) {
        try (Session session = context.database().open();
                Restoration restoration = restoration(session)) {
            Path file = backups.file(restore.file(), session.facts().database());
            RestoreOutlook outlook = restoration.look(file, restore.terminates(), restore.takesAnother());
            DumpContents contents = outlook.contents();
            return new RestorePlan(
                    file,
                    contents == null ? null : contents.createdAt(),
                    contents == null ? null : contents.database(),
                    session.facts().database(),
                    outlook.connections(),
                    restore.dropsOld() ? null : outlook.keptAs(),
                    outlook.leftovers(),
                    outlook.problems());
        } catch (SQLException e) {
            throw Database.trouble("The restore could not be prepared", UNTOUCHED, e);
        }
    }

    RestoreReport restore(Restore restore, RestoreProgress progress) {
        try (Session session = Connecting.of(context).open();
                Restoration restoration = restoration(session)) {
            progress.on(RestorePhase.CHECKING, 0, 0);
            session.beIdle();
            Path file = backups.file(restore.file(), session.facts().database());
            DumpContents contents = check(restoration.look(file, restore.terminates(), restore.takesAnother()));
            try {
                return restore(restore, session, restoration, file, contents, progress);
            } catch (CancellationException e) {
                restoration.giveUp();
                throw new RunCancelledException("The restore was cancelled.", restoration.state(), AGAIN, e);
            } catch (BackupException e) {
                restoration.giveUp();
                throw new BackupFailedException(
                        file + " was not restored. " + e.getMessage(), restoration.state(), e.action(), e);
            } catch (SQLException e) {
                restoration.giveUp();
                throw new BackupFailedException(
                        file + " was not restored: " + e.getMessage(),
                        restoration.state(),
                        "See the server's message, and restore again.",
                        e);
            }
        } catch (SQLException e) {
            throw Database.trouble("The restore could not be prepared", UNTOUCHED, e);
        }
    }

    /** A pooler may lend another session for each statement, and shows other names than the server's. */
    private Restoration restoration(Session session) throws SQLException {
        if (Locking.isBorrowed(session, options)) {
            throw new ConfigurationException(
                    "A database cannot be replaced through a transaction pooler.",
                    UNTOUCHED,
                    "Let Migrator connect straight to the server, with migrator.url.",
                    null);
        }
        if (session.facts().inRecovery()) {
            new Preparation(session).requireWritable();
        }
        return new Restoration(session.connection(), session.facts(), backups.options(), backups.password(), at);
    }

    private static DumpContents check(RestoreOutlook outlook) {
        if (!outlook.problems().isEmpty()) {
            throw new ConfigurationException(
                    "The database cannot be restored:\n- " + String.join("\n- ", outlook.problems()),
                    UNTOUCHED,
                    outlook.problems().size() == 1
                            ? "See to that, and restore again."
                            : "See to all of that, and restore again.",
                    null);
        }
        return Objects.requireNonNull(outlook.contents());
    }

    private RestoreReport restore(
            Restore restore,
            Session session,
            Restoration restoration,
            Path file,
            DumpContents contents,
            RestoreProgress progress)
            throws BackupException, SQLException {
        TableName table = table(session);
        NameSwap swap;
        RestoredHistory history;
        // a connection that goes back into a pool would be in the way
        MigrationLock lock = new Locking(restoration.unpooled(), session, table, options).lock(events);
        LockWait.acquire(lock, options.lock().maxWait(), events, cancellation);
        try {
            restoration.fill(file, progress, cancellation::mustStop);
            swap = restoration.swap(restore.terminates());
            history = RestoredHistory.of(restoration.restored(), table);
            history.record(events.runId(), file, swap.keptAs(), restore.dropsOld(), options.application());
            if (cancellation.mustStop()) {
                throw new CancellationException();
            }
        } finally {
            cancellation.end();
            lock.release();
            // back in its pool it would be in the way
            session.touch();
            session.close();
        }
        progress.on(RestorePhase.SWAPPING, contents.entries(), contents.entries());
        swap.run();
        return report(restore, file, contents, swap, history, restoration.warnings());
    }

    /** Where the history is in the old database, or would be: of that, anything may be missing by now. */
    private TableName table(Session session) throws SQLException {
        TableName table = options.table();
        if (table.schema() != null) {
            return table;
        }
        String schema = new Catalog(session.connection()).schemaOf(table.table());
        String current = schema == null ? session.facts().currentSchema() : schema;
        return new TableName(current == null ? "public" : current, table.table());
    }

    private RestoreReport report(
            Restore restore,
            Path file,
            DumpContents contents,
            NameSwap swap,
            RestoredHistory history,
            List<String> before) {
        List<String> warnings = new ArrayList<>(before);
        if (!history.exists()) {
            warnings.add("The dump has no history (" + history.table()
                    + "): say at which version it stands, with baseline," + " before anything is migrated.");
        }
        boolean dropped = restore.dropsOld() && drop(swap, warnings);
        return new RestoreReport(
                events.runId(),
                file,
                contents.createdAt(),
                swap.database(),
                history.version(),
                dropped ? null : swap.keptAs(),
                dropped ? null : swap.drop(),
                dropped ? List.of() : swap.wayBack(),
                List.copyOf(warnings),
                Duration.ofNanos(System.nanoTime() - start));
    }

    private static boolean drop(NameSwap swap, List<String> warnings) {
        try {
            swap.dropOld();
            return true;
        } catch (SQLException e) {
            warnings.add("The database as it was before could not be dropped: " + e.getMessage());
            return false;
        }
    }
}
