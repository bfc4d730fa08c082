package dev.migrator.run;

import dev.migrator.backup.RestoreProgress;
import dev.migrator.migration.Found;
import dev.migrator.migration.MigrationFinder;
import dev.migrator.migration.Version;
import dev.migrator.plan.Rollback;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** One migrator's work, of which one thing is done at a time, and can be cancelled. What only looks is the {@link Viewer}'s. */
public final class Runner {

    /** What a baseline has to run. */
    private static final Found NOTHING = new Found(List.of(), List.of(), List.of());

    private final Database database;
    private final MigrationFinder finder;
    private final RunOptions options;
    private final Iterable<MigrationListener> listeners;
    private final Consumer<Standing> standings;
    private @Nullable Search ahead;
    private volatile @Nullable Cancellation underWay;

    /**
     * Makes a runner.
     *
     * @param eviction takes a connection that ran scripts out of its pool; null for {@link Eviction#breakingOff()}
     * @param listeners are told every event, in their order; more may come
     * @param standings is told how things stand, each time that a run has looked at them
     */
    public Runner(
            DataSource dataSource,
            @Nullable Eviction eviction,
            MigrationFinder finder,
            RunOptions options,
            Iterable<MigrationListener> listeners,
            Consumer<Standing> standings) {
        this.database = new Database(dataSource, eviction);
        this.finder = finder;
        this.options = options;
        this.listeners = listeners;
        this.standings = standings;
    }

    /** Looks at the same database. */
    public Viewer viewer() {
        return new Viewer(database, finder, options);
    }

    /**
     * Begins to read the scripts for what is done next with them, which finds them read. Folders are left alone: what comes into
     * one until then is to be found.
     */
    public synchronized void readAhead() {
        if (ahead == null && finder.looksInClassPathOnly()) {
            ahead = Search.begin(finder);
        }
    }

    private synchronized Search search() {
        Search begun = ahead;
        ahead = null;
        return begun == null ? Search.begin(finder) : begun;
    }

    /**
     * Runs everything that is pending.
     *
     * @param actor the person who asked for it, or null where nobody did
     * @throws MigratorException why it did not; the event {@link RunEvent.RunFailed} has been told by then
     */
    public MigrationReport migrate(@Nullable String actor) {
        // as telling() does it, without the lambda, which every start would have to link
        RunContext context = begin(actor, search());
        try {
            return finished(context, new Start(context).migrate());
        } catch (RuntimeException | Error e) {
            throw failed(context, e);
        } finally {
            end(context);
        }
    }

    /**
     * Records that the schema is at a version already, without running anything.
     *
     * @throws MigratorException if there is a history, or it cannot be written
     */
    public MigrationReport baseline(Version version, String description) {
        return telling(
                begin(null, () -> NOTHING),
                context -> finished(context, new Baseline(context).record(version, description)));
    }

    /**
     * Takes versions back.
     *
     * @param confirmed what somebody has agreed to, or null if nobody was asked
     * @throws MigratorException why it did not; nothing is taken back unless all of them can be
     */
    public RollbackReport rollback(Rollback rollback, @Nullable RollbackPreview confirmed) {
        return telling(begin(null, search()), context -> {
            RollbackReport report = new RollbackRun(context).rollback(rollback, confirmed);
            Events events = context.events();
            events.tell(new RunEvent.RollbackFinished(events.runId(), Instant.now(), report));
            return report;
        });
    }

    private static MigrationReport finished(RunContext context, MigrationReport report) {
        Events events = context.events();
        events.tell(new RunEvent.RunFinished(events.runId(), Instant.now(), report));
        return report;
    }

    /**
     * Settles how far an unfinished migration has come, without running anything. It is no run: of the events, only the wait
     * for the lock is told.
     *
     * @throws MigratorException if there is nothing to repair, or not in that way
     */
    public RepairReport repair(Repair repair) {
        return besides(search(), context -> new RepairRun(context).repair(repair));
    }

    /**
     * Looks whether everything has run; takes no lock and writes nothing.
     *
     * @throws ValidationFailedException if something is pending, or wrong
     */
    public void requireMigrated() {
        besides(search(), context -> {
            new Lookout(context).requireMigrated();
            return true;
        });
    }

    /**
     * Waits until another instance has run everything; takes no lock and writes nothing.
     *
     * @throws NotMigratedInTimeException if that takes longer than the limit
     * @throws ValidationFailedException if something is wrong
     */
    public void awaitMigrated(Duration limit) {
        besides(search(), context -> {
            new Lookout(context).awaitMigrated(limit);
            return true;
        });
    }

    /**
     * Takes a backup now.
     *
     * @throws BackupFailedException if there is none
     */
    public BackupReport backup() {
        return besides(
                () -> NOTHING,
                context -> UnderLock.connected(
                        context, "No backup was taken", holder -> BackupBefore.takeNow(context, holder)));
    }

    /**
     * Says what a restore would do, and touches nothing.
     *
     * @throws MigratorException if that cannot be found out
     */
    public RestorePlan planRestore(Restore restore) {
        return besides(() -> NOTHING, context -> new RestoreRun(context).plan(restore));
    }

    /**
     * Puts a dump in the place of the database. It is no run: of the events, only the wait for the lock is told.
     *
     * @throws MigratorException if it was not done; the database is as it was
     */
    public RestoreReport restore(Restore restore, RestoreProgress progress) {
        return besides(() -> NOTHING, context -> new RestoreRun(context).restore(restore, progress));
    }

    /**
     * Restores a dump into a database of its own, compares, and drops that again.
     *
     * @param file null for the database's newest
     * @throws MigratorException if the dump is not good, or that cannot be found out
     */
    public VerifyReport verify(@Nullable Path file, RestoreProgress progress) {
        return besides(() -> NOTHING, context -> new VerifyRun(context).verify(file, progress));
    }

    /** Something that can be cancelled, and that is no run. */
    private <T> T besides(Supplier<Found> search, Function<RunContext, T> work) {
        RunContext context = context(null, search);
        try {
            return work.apply(context);
        } catch (RuntimeException | Error e) {
            throw failure(context, e);
        } finally {
            end(context);
        }
    }

    /** A run that has begun, and whose failure is told. */
    private <T> T telling(RunContext context, Function<RunContext, T> work) {
        try {
            return work.apply(context);
        } catch (RuntimeException | Error e) {
            throw failed(context, e);
        } finally {
            end(context);
        }
    }

    /**
     * Stops the run that is under way, as soon as it can be done in good order; returns at once.
     *
     * @param actor the person who asked for that, or null where nobody did
     * @return whether there was one to stop
     */
    public boolean cancel(@Nullable String actor) {
        Cancellation cancellation = underWay;
        if (cancellation != null) {
            cancellation.request(actor);
        }
        return cancellation != null;
    }

    private RunContext context(@Nullable String actor, Supplier<Found> search) {
        Cancellation cancellation = new Cancellation();
        underWay = cancellation;
        return new RunContext(
                database, search, actor, options, new Events(RunId.next(), listeners), standings, cancellation);
    }

    private RunContext begin(@Nullable String actor, Supplier<Found> search) {
        RunContext context = context(actor, search);
        Events events = context.events();
        events.tell(new RunEvent.RunStarted(events.runId(), Instant.now(), actor));
        events.phase(Phase.CONNECTING, null);
        return context;
    }

    private static MigratorException failed(RunContext context, Throwable thrown) {
        MigratorException failure = failure(context, thrown);
        Events events = context.events();
        events.tell(new RunEvent.RunFailed(events.runId(), Instant.now(), failure));
        return failure;
    }

    private static MigratorException failure(RunContext context, Throwable thrown) {
        MigratorException failure = thrown instanceof MigratorException known ? known : Database.unexpected(thrown);
        Cancellation cancellation = context.cancellation();
        return cancellation.caused(failure) ? RunCancelledException.of(failure, cancellation) : failure;
    }

    private void end(RunContext context) {
        underWay = null;
        context.cancellation().end();
    }
}
