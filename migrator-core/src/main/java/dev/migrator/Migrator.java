package dev.migrator;

import dev.migrator.backup.BackupFile;
import dev.migrator.backup.RestoreProgress;
import dev.migrator.plan.Problem;
import dev.migrator.plan.Rollback;
import dev.migrator.run.BackupFailedException;
import dev.migrator.run.BackupReport;
import dev.migrator.run.ConfigurationException;
import dev.migrator.run.MigrationListener;
import dev.migrator.run.MigrationReport;
import dev.migrator.run.MigratorException;
import dev.migrator.run.NotMigratedInTimeException;
import dev.migrator.run.Repair;
import dev.migrator.run.RepairReport;
import dev.migrator.run.Restore;
import dev.migrator.run.RestorePlan;
import dev.migrator.run.RestoreReport;
import dev.migrator.run.RollbackPreview;
import dev.migrator.run.RollbackReport;
import dev.migrator.run.RunCancelledException;
import dev.migrator.run.Runner;
import dev.migrator.run.ValidationFailedException;
import dev.migrator.run.VerifyReport;
import dev.migrator.run.Viewer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Migrates one PostgreSQL database.
 *
 * <pre>{@code
 * Migrator migrator = Migrator.builder(dataSource).locations("classpath:db/migration").build();
 * MigrationReport report = migrator.migrate();
 * }</pre>
 *
 * <p>A migrator may be used by several threads; its runs follow one another. There may be as many as one likes in a JVM.
 */
public final class Migrator {

    private final Runner runner;
    private final LiveStatus live;
    private final MigratorSettings settings;
    private final List<MigrationListener> listeners = new CopyOnWriteArrayList<>();
    private final Object oneRun = new Object();

    Migrator(MigratorSettings settings) {
        this.settings = settings;
        this.live = new LiveStatus(settings.table());
        listeners.add(live);
        listeners.add(new RunLog());
        listeners.add(new SignOfLife(live, settings.signOfLife));
        listeners.addAll(settings.listeners);
        this.runner = new Runner(settings.dataSource, settings.eviction, settings.finder(), settings, listeners, live);
    }

    /** Begins to describe a migrator; what is not said has the default that the README's table gives. */
    public static MigratorBuilder builder(DataSource dataSource) {
        return new MigratorBuilder(dataSource);
    }

    /**
     * Begins to read the scripts of the class path for the run that comes next, in a thread of its own, and returns at once: for
     * whoever has other things to do before that run. What is new there until then, as in an IDE, is run by the run after it. With a
     * location in the file system it does nothing, for what comes into that folder until the run is to be run too.
     */
    public void readAhead() {
        runner.readAhead();
    }

    /**
     * Runs everything that is pending; with nothing pending it costs one connection and one query.
     *
     * @throws MigratorException why it did not
     */
    public MigrationReport migrate() {
        return migrate(null);
    }

    /**
     * The same for a person, whose name the history keeps.
     *
     * @param actor the name, or null for nobody's
     * @throws MigratorException why it did not
     */
    public MigrationReport migrate(@Nullable String actor) {
        synchronized (oneRun) {
            return runner.migrate(actor);
        }
    }

    /**
     * Stops the run that is under way, if there is one, and returns at once; any thread may call it. The statement that the
     * server runs is cancelled, no further one is sent, an open transaction is rolled back and the migration lock is given
     * back; {@link #migrate()} or {@link #baseline()} then fails with a {@link RunCancelledException}. What was committed by
     * then stays, and the next run goes on behind it.
     *
     * <p>A migration in Java ends with its JDBC statement, or the next one that it sends; what it does besides is its own.
     *
     * @see StoppableRun
     */
    public void cancel() {
        cancel(null);
    }

    /**
     * The same for a person, whose name the log, the error and an interrupted migration's row in the history give.
     *
     * @param actor the name, or null for nobody's
     * @return whether there was a run to stop
     */
    public boolean cancel(@Nullable String actor) {
        return runner.cancel(actor);
    }

    /**
     * Reads the database and tells how things stand.
     *
     * @throws MigratorException if the database cannot be read
     */
    public MigratorStatus status() {
        int runs = live.runs();
        live.looked(runner.viewer().standing(), runs);
        return live.snapshot();
    }

    /**
     * The tables of the schema that is migrated, by their names.
     *
     * @throws MigratorException if the database cannot be read
     */
    public List<TableInfo> tables() {
        return runner.viewer().tables().stream()
                .map(table -> new TableInfo(
                        table.name(),
                        table.columns().stream()
                                .map(column -> new TableInfo.Column(
                                        column.name(), column.type(), column.nullable(), column.defaultValue()))
                                .toList()))
                .toList();
    }

    /** Tells how things stand as far as it is known: from memory, without waiting for anything. */
    public MigratorStatus snapshot() {
        return live.snapshot();
    }

    /** Where the run is that is under way, from memory and at once, however many migrations there are; null if there is none. */
    public MigratorStatus.@Nullable Current current() {
        return live.current();
    }

    /**
     * Tells all that is known of single migrations, from memory and from the scripts as they are found here; the database is
     * not asked.
     *
     * @param name a version, or a script's name with or without the folders before it
     * @return those of that name; empty for none
     */
    public List<MigrationDetails> details(String name) {
        return live.details(name);
    }

    /**
     * Tells what was applied and is another here: changed since, or not found though higher versions are. From memory, as of
     * the last look at the database.
     *
     * @return empty where nothing is, and before the first look
     */
    public List<Problem> drift() {
        return live.drift();
    }

    /**
     * The same of all migrations, in the order of {@link MigratorStatus#migrations()}; each script is read when its turn comes,
     * so that they are not all held in memory.
     */
    public Stream<MigrationDetails> details() {
        return live.details();
    }

    /**
     * Looks for all that would keep {@link #migrate()} from running.
     *
     * @return every problem; empty when all is well
     * @throws MigratorException if the database cannot be read
     */
    public List<Problem> validate() {
        int runs = live.runs();
        Viewer.Validation validation = runner.viewer().validate();
        live.looked(validation.standing(), runs);
        return validation.problems();
    }

    /** Adds a listener that is told what each further run does. */
    public void addListener(MigrationListener listener) {
        listeners.add(listener);
    }

    /** The version that {@link #baseline()} records. */
    public String baselineVersion() {
        return settings.rules().baselineVersion().text();
    }

    /**
     * Records that the schema stands at the baseline version already, and runs nothing.
     *
     * @throws MigratorException if there is a history already, or it cannot be written
     */
    public MigrationReport baseline() {
        synchronized (oneRun) {
            return runner.baseline(settings.rules().baselineVersion(), settings.baselineDescription);
        }
    }

    /**
     * Tells what {@link #rollback(Rollback)} would do, and what would be lost by it; changes nothing.
     *
     * @throws MigratorException if the database cannot be read
     */
    public RollbackPreview previewRollback(Rollback rollback) {
        return runner.viewer().preview(rollback);
    }

    /**
     * Takes versions back by their rollback scripts, the one that was applied last first; they are pending again. It is refused
     * as a whole, before anything is touched, if one of them cannot be taken back.
     *
     * @throws MigratorException why it did not
     */
    public RollbackReport rollback(Rollback rollback) {
        synchronized (oneRun) {
            return runner.rollback(rollback, null);
        }
    }

    /**
     * The same, of exactly what was shown.
     *
     * @throws MigratorException why it did not; also if it would be other versions, or scripts, by now
     */
    public RollbackReport rollback(RollbackPreview shown) {
        synchronized (oneRun) {
            return runner.rollback(shown.rollback(), shown);
        }
    }

    /**
     * Makes sure that nothing is pending, for an instance that may not migrate itself; takes no lock and writes nothing.
     * Versions above the highest that is known here are no problem.
     *
     * @throws ValidationFailedException if something is pending, which it names, or if something is wrong
     * @throws MigratorException if the database cannot be read
     */
    public void requireMigrated() {
        synchronized (oneRun) {
            runner.requireMigrated();
        }
    }

    /**
     * Waits until another instance, a Kubernetes Job for example, has run all that is pending; takes no lock and writes nothing.
     * It looks every 2 s at the least often, also while the database cannot be reached yet.
     *
     * @param limit for how long to wait
     * @throws NotMigratedInTimeException if it has not by then
     * @throws ValidationFailedException if something is wrong, so that no instance with these migrations will run them
     * @throws MigratorException if the database cannot be read; or, as {@link RunCancelledException}, if it was cancelled
     */
    public void awaitMigrated(Duration limit) {
        synchronized (oneRun) {
            runner.awaitMigrated(limit);
        }
    }

    /**
     * Settles how far an unfinished migration has come, where only a person can tell; runs nothing.
     *
     * @param repair in which way, and of which migration if there are several
     * @throws MigratorException if there is nothing to repair, or not in that way
     */
    public RepairReport repair(Repair repair) {
        synchronized (oneRun) {
            return runner.repair(repair);
        }
    }

    /**
     * Takes a backup now, as one is taken before something runs; waits for an instance that migrates.
     *
     * @throws BackupFailedException if there is none
     * @throws MigratorException if the database cannot be reached, or the lock not be had
     */
    public BackupReport backup() {
        synchronized (oneRun) {
            return runner.backup();
        }
    }

    /**
     * The dumps that there are of the database, the newest first.
     *
     * @throws MigratorException if the database cannot be reached, or the folder not be read
     */
    public List<BackupFile> backups() {
        return runner.viewer().backups();
    }

    /**
     * Says what {@link #restore} would do, and touches nothing: for whoever has to agree to it.
     *
     * @throws MigratorException if that cannot be found out
     */
    public RestorePlan planRestore(Restore restore) {
        return runner.planRestore(restore);
    }

    /** As {@link #restore(Restore, RestoreProgress)}, telling nobody how far it is. */
    public RestoreReport restore(Restore restore) {
        return restore(restore, RestoreProgress.NONE);
    }

    /**
     * Restores a dump into a new database beside this one, and swaps their names in one transaction; the old one is kept. It
     * can be cancelled until then.
     *
     * @param progress is told how far it is
     * @throws ConfigurationException if something that it needs is not there, or somebody else is connected; all of it at once
     * @throws MigratorException if it failed; whatever the reason is, the database is as it was
     */
    public RestoreReport restore(Restore restore, RestoreProgress progress) {
        synchronized (oneRun) {
            return runner.restore(restore, progress);
        }
    }

    /** As {@link #verifyBackup(Path, RestoreProgress)}, telling nobody how far it is. */
    public VerifyReport verifyBackup(@Nullable Path file) {
        return verifyBackup(file, RestoreProgress.NONE);
    }

    /**
     * Restores a dump into a database of its own, compares its tables, rows and definitions with the dump's, and drops it again.
     *
     * @param file the dump; null for the newest one of the database
     * @param progress is told how far it is
     * @throws BackupFailedException if the database cannot be had back from it as it was
     * @throws MigratorException if that cannot be found out
     */
    public VerifyReport verifyBackup(@Nullable Path file, RestoreProgress progress) {
        synchronized (oneRun) {
            return runner.verify(file, progress);
        }
    }
}
