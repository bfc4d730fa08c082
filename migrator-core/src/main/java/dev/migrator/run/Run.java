package dev.migrator.run;

import dev.migrator.history.HistoryEntry;
import dev.migrator.history.HistoryTable;
import dev.migrator.history.HistoryWriter;
import dev.migrator.history.Kind;
import dev.migrator.history.TableName;
import dev.migrator.lock.MigrationLock;
import dev.migrator.migration.Found;
import dev.migrator.migration.Version;
import dev.migrator.plan.Plan;
import dev.migrator.plan.Planner;
import dev.migrator.plan.Problem;
import dev.migrator.postgres.Catalog;
import dev.migrator.postgres.Session;
import dev.migrator.run.MigrationReport.Applied;
import dev.migrator.run.MigrationReport.Skipped;
import dev.migrator.sql.Placeholders;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** One run, from the first look to the report. */
final class Run {

    private final Database database;
    private final Found found;
    private final RunOptions options;
    private final Events events;
    private final Consumer<Standing> standings;
    private final Cancellation cancellation;
    private final long start = System.nanoTime();

    Run(
            Database database,
            Found found,
            RunOptions options,
            Events events,
            Consumer<Standing> standings,
            Cancellation cancellation) {
        this.database = database;
        this.found = found;
        this.options = options;
        this.events = events;
        this.standings = standings;
        this.cancellation = cancellation;
    }

    MigrationReport migrate() {
        try (Session session = new Connecting(database, options.connectTimeout(), events, cancellation).open()) {
            try {
                return migrate(session);
            } finally {
                cancellation.end();
            }
        } catch (SQLException e) {
            throw Database.trouble("The run stopped", e);
        }
    }

    private MigrationReport migrate(Session session) throws SQLException {
        Plan plan = look(session, options.table(), true).plan();
        if (plan.isEmpty()) {
            return report(plan, List.of(), List.of());
        }
        if (plan.steps().isEmpty() && plan.baseline() == null) {
            throw new ValidationFailedException(plan.problems());
        }
        return migrateLocked(session);
    }

    private Standing look(Session session, TableName table, boolean schemaEmpty) throws SQLException {
        HistoryTable.Content content = Database.read(session, table);
        Plan plan = Planner.plan(found, content.history(), options.rules(), schemaEmpty);
        Standing standing = new Standing(content.table(), content.history(), plan);
        standings.accept(standing);
        return standing;
    }

    private MigrationReport migrateLocked(Session session) throws SQLException {
        Preparation preparation = new Preparation(session);
        preparation.requireWritable();
        TableName table = preparation.resolve(options.table());
        Locking locking = new Locking(database, session, table, options);
        MigrationLock lock = locking.lock(events);
        LockWait.acquire(lock, options.lock().maxWait(), events, cancellation);
        try {
            return migrateAsHolder(session, preparation, table, locking, lock);
        } finally {
            cancellation.end();
            lock.release();
        }
    }

    private MigrationReport migrateAsHolder(
            Session session, Preparation preparation, TableName table, Locking locking, MigrationLock lock)
            throws SQLException {
        boolean schemaEmpty =
                new Catalog(session.connection()).schemaIsEmpty(Objects.requireNonNull(table.schema()), table.table());
        Standing standing = look(session, table, schemaEmpty);
        Plan plan = standing.plan();
        if (plan.isEmpty()) {
            return report(plan, List.of(), List.of());
        }
        Placeholders placeholders = KnownPlaceholders.of(options, table, session.facts());
        FirstReading reading = FirstReading.of(plan.steps(), placeholders, options.environments());
        List<Problem> problems = new ArrayList<>(plan.problems());
        problems.addAll(reading.problems());
        if (Locking.isBorrowed(session, options)) {
            problems.addAll(PoolerProblems.of(reading.steps()));
        }
        if (!problems.isEmpty()) {
            throw new ValidationFailedException(problems);
        }
        cancellation.check("before its first migration");
        ScriptSession scriptSession = locking.scriptSession();
        Work work = new Work(
                session, scriptSession, lock, new HistoryWriter(table), options, events, placeholders, cancellation);
        int pid = session.facts().pid();
        Observer.Backend backend = scriptSession.isOwn() ? connection -> pid : lock::backend;
        Observer observer = new Observer(
                database.dataSource(),
                events,
                work.progress(),
                backend,
                new NetworkWatch(session, options.connectTimeout()));
        try {
            preparation.prepare(work, table, standing.history().exists());
            if (plan.baseline() != null) {
                work.record(work.history()
                        .baseline(baselineEntry(
                                work, plan.baseline(), options.rules().baselineDescription())));
            }
            events.tell(new RunEvent.Planned(
                    events.runId(), Instant.now(), plan.steps().size()));
            events.phase(Phase.RUNNING, null);
            StepRunner runner = new StepRunner(database, work);
            runner.run(reading.steps());
            return report(plan, runner.applied(), runner.skipped());
        } finally {
            observer.close();
            if (session.isOpen()) {
                work.limitAnswers();
                work.beginToTidyUp();
                work.leaveScript();
                lookAgain(session, table);
            }
        }
    }

    static HistoryEntry baselineEntry(Work work, Version version, String description) {
        return new HistoryEntry(
                work.events().runId(), version, description, description, Kind.BASELINE, null, 0, work.instance());
    }

    /** What the history says after the run is what is shown from now on. */
    private void lookAgain(Session session, TableName table) {
        try {
            look(session, table, true);
        } catch (SQLException | MigratorException e) {
            // The session is lost; what was shown last stays.
        }
    }

    private MigrationReport report(Plan plan, List<Applied> applied, List<Skipped> skipped) {
        return new MigrationReport(
                events.runId(),
                plan.migrations().size(),
                List.copyOf(applied),
                plan.migrations().size() - applied.size(),
                List.copyOf(skipped),
                plan.notes(),
                Duration.ofNanos(System.nanoTime() - start));
    }
}
