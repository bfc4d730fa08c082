package dev.migrator.run;

import dev.migrator.backup.RestoreProgress;
import dev.migrator.history.History;
import dev.migrator.history.TableName;
import dev.migrator.migration.Found;
import dev.migrator.migration.MigrationFinder;
import dev.migrator.migration.Version;
import dev.migrator.plan.Plan;
import dev.migrator.plan.Planner;
import dev.migrator.plan.Problem;
import dev.migrator.postgres.Catalog;
import dev.migrator.postgres.Session;
import dev.migrator.sql.Placeholders;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * One migrator's work: find, read, plan; with nothing to do that is all. Else lock, read and plan again, refuse all problems
 * at once, run the steps, release, report.
 */
public final class Runner {

    private final Database database;
    private final MigrationFinder finder;
    private final RunOptions options;
    private final MigrationListener listener;
    private final Consumer<Standing> standings;
    private volatile @Nullable Cancellation underWay;

    /**
     * Makes a runner.
     *
     * @param eviction takes a connection that ran scripts out of its pool
     * @param listener is told every event
     * @param standings is told how things stand, each time that a run has looked at them
     */
    public Runner(
            DataSource dataSource,
            Eviction eviction,
            MigrationFinder finder,
            RunOptions options,
            MigrationListener listener,
            Consumer<Standing> standings) {
        this.database = new Database(dataSource, eviction);
        this.finder = finder;
        this.options = options;
        this.listener = listener;
        this.standings = standings;
    }

    /**
     * Runs everything that is pending.
     *
     * @throws MigratorException why it did not; the event {@link RunEvent.RunFailed} has been told by then
     */
    public MigrationReport migrate() {
        return tellingEvents((events, cancellation) ->
                new Run(database, finder.find(), options, events, standings, cancellation).migrate());
    }

    /**
     * Records that the schema is at a version already, without running anything.
     *
     * @throws MigratorException if there is a history, or it cannot be written
     */
    public MigrationReport baseline(Version version, String description) {
        return tellingEvents((events, cancellation) ->
                new Baseline(database, options, events, cancellation).record(version, description));
    }

    /**
     * Settles how far an unfinished migration has come, without running anything. It is no run: of the events, only the wait
     * for the lock is told.
     *
     * @throws MigratorException if there is nothing to repair, or not in that way
     */
    public RepairReport repair(Repair repair) {
        return besides((events, cancellation) ->
                new RepairRun(database, finder.find(), options, events, standings, cancellation).repair(repair));
    }

    /**
     * Says what a restore would do, and touches nothing.
     *
     * @throws MigratorException if that cannot be found out
     */
    public RestorePlan planRestore(Restore restore, BackupSource source) {
        return besides((events, cancellation) ->
                new RestoreRun(database, options, source, events, cancellation).plan(restore));
    }

    /**
     * Puts a dump in the place of the database. It is no run: of the events, only the wait for the lock is told.
     *
     * @throws MigratorException if it was not done; the database is as it was
     */
    public RestoreReport restore(Restore restore, BackupSource source, RestoreProgress progress) {
        return besides((events, cancellation) ->
                new RestoreRun(database, options, source, events, cancellation).restore(restore, progress));
    }

    /**
     * Restores a dump into a database of its own, compares, and drops that again.
     *
     * @param file null for the database's newest
     * @throws MigratorException if the dump is not good, or that cannot be found out
     */
    public VerifyReport verify(@Nullable Path file, BackupSource source, RestoreProgress progress) {
        return besides((events, cancellation) ->
                new VerifyRun(database, options, source, cancellation).verify(file, progress));
    }

    /** Something that can be cancelled, and that is no run. */
    private <T> T besides(BiFunction<Events, Cancellation, T> work) {
        Events events = new Events(RunId.next(), listener);
        Cancellation cancellation = new Cancellation();
        underWay = cancellation;
        try {
            return work.apply(events, cancellation);
        } catch (MigratorException e) {
            throw cancellation.caused(e) ? RunCancelledException.of(e) : e;
        } catch (RuntimeException | Error e) {
            throw Database.unexpected(e);
        } finally {
            underWay = null;
            cancellation.end();
        }
    }

    /** Stops the run that is under way, as soon as it can be done in good order; returns at once. */
    public void cancel() {
        Cancellation cancellation = underWay;
        if (cancellation != null) {
            cancellation.request();
        }
    }

    private MigrationReport tellingEvents(BiFunction<Events, Cancellation, MigrationReport> work) {
        Events events = new Events(RunId.next(), listener);
        Cancellation cancellation = new Cancellation();
        underWay = cancellation;
        events.tell(new RunEvent.RunStarted(events.runId(), Instant.now()));
        events.phase(Phase.CONNECTING, null);
        try {
            MigrationReport report = work.apply(events, cancellation);
            events.tell(new RunEvent.RunFinished(events.runId(), Instant.now(), report));
            return report;
        } catch (MigratorException e) {
            throw told(events, cancellation.caused(e) ? RunCancelledException.of(e) : e);
        } catch (RuntimeException | Error e) {
            throw told(events, Database.unexpected(e));
        } finally {
            underWay = null;
            cancellation.end();
        }
    }

    private static MigratorException told(Events events, MigratorException e) {
        events.tell(new RunEvent.RunFailed(events.runId(), Instant.now(), e));
        return e;
    }

    /**
     * Looks at the database and changes nothing.
     *
     * @throws MigratorException if it cannot be looked at
     */
    public Standing look() {
        return look((session, standing) -> standing);
    }

    /** What is to be known of the database while the session is open. */
    private interface Sight<T> {

        T of(Session session, Standing standing) throws SQLException;
    }

    private <T> T look(Sight<T> sight) {
        Found found = finder.find();
        try (Session session = database.open()) {
            TableName table = new Preparation(session).resolve(options.table());
            History history = Database.read(session, table).history();
            boolean schemaEmpty = history.exists()
                    || new Catalog(session.connection())
                            .schemaIsEmpty(Objects.requireNonNull(table.schema()), table.table());
            Plan plan = Planner.plan(found, history, options.rules(), schemaEmpty);
            return sight.of(session, new Standing(table, history, plan));
        } catch (SQLException e) {
            throw Database.trouble("The database could not be looked at", e);
        }
    }

    /** Looks at the database and reads every pending script. Changes nothing. */
    public Validation validate() {
        return look((session, standing) -> {
            Placeholders placeholders = KnownPlaceholders.of(options, standing.table(), session.facts());
            Plan plan = standing.plan();
            List<Problem> problems = new ArrayList<>(plan.problems());
            FirstReading reading = FirstReading.of(plan.steps(), placeholders, options.environments());
            problems.addAll(reading.problems());
            if (Locking.isBorrowed(session, options)) {
                problems.addAll(PoolerProblems.of(reading.steps()));
            }
            return new Validation(standing, List.copyOf(problems));
        });
    }

    /**
     * What a validation found.
     *
     * @param problems all that is wrong; empty when all is well
     */
    public record Validation(Standing standing, List<Problem> problems) {}
}
