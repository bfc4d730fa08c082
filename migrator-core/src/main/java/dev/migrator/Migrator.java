package dev.migrator;

import dev.migrator.backup.Backup;
import dev.migrator.backup.BackupFile;
import dev.migrator.backup.BackupOptions;
import dev.migrator.backup.RestoreProgress;
import dev.migrator.history.TableName;
import dev.migrator.migration.JavaMigration;
import dev.migrator.migration.Version;
import dev.migrator.plan.Problem;
import dev.migrator.plan.Rollback;
import dev.migrator.plan.Rules;
import dev.migrator.run.BackupFailedException;
import dev.migrator.run.BackupReport;
import dev.migrator.run.ConfigurationException;
import dev.migrator.run.Eviction;
import dev.migrator.run.LockStrategy;
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
import dev.migrator.run.RunOptions;
import dev.migrator.run.Runner;
import dev.migrator.run.ValidationFailedException;
import dev.migrator.run.VerifyReport;
import dev.migrator.sql.Placeholders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
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
    private final Version baselineVersion;
    private final String baselineDescription;
    private final List<MigrationListener> listeners = new CopyOnWriteArrayList<>();
    private final Object oneRun = new Object();

    private Migrator(MigratorSettings settings) {
        TableName table = settings.tableName();
        Rules rules = settings.rules();
        Placeholders placeholders = settings.placeholders();
        this.baselineVersion = rules.baselineVersion();
        this.baselineDescription = rules.baselineDescription();
        this.live = new LiveStatus(table);
        listeners.add(live);
        listeners.add(new RunLog());
        listeners.addAll(settings.listeners);
        this.runner = new Runner(
                settings.dataSource,
                settings.eviction,
                settings.finder(placeholders),
                settings.runOptions(table, rules, placeholders),
                event -> listeners.forEach(listener -> listener.on(event)),
                live::stands);
    }

    /** Begins to describe a migrator; what is not said has the default that the README's table gives. */
    public static Builder builder(DataSource dataSource) {
        return new Builder(dataSource);
    }

    /**
     * Runs everything that is pending; with nothing pending it costs one connection and one query.
     *
     * @throws MigratorException why it did not
     */
    public MigrationReport migrate() {
        synchronized (oneRun) {
            return runner.migrate();
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
        runner.cancel();
    }

    /**
     * Reads the database and tells how things stand.
     *
     * @throws MigratorException if the database cannot be read
     */
    public MigratorStatus status() {
        int runs = live.runs();
        live.looked(runner.look(), runs);
        return live.snapshot();
    }

    /**
     * The tables of the schema that is migrated, by their names.
     *
     * @throws MigratorException if the database cannot be read
     */
    public List<TableInfo> tables() {
        return runner.tables().stream()
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

    /**
     * Looks for all that would keep {@link #migrate()} from running.
     *
     * @return every problem; empty when all is well
     * @throws MigratorException if the database cannot be read
     */
    public List<Problem> validate() {
        int runs = live.runs();
        Runner.Validation validation = runner.validate();
        live.looked(validation.standing(), runs);
        return validation.problems();
    }

    /** Adds a listener that is told what each further run does. */
    public void addListener(MigrationListener listener) {
        listeners.add(listener);
    }

    /** The version that {@link #baseline()} records. */
    public String baselineVersion() {
        return baselineVersion.text();
    }

    /**
     * Records that the schema stands at the baseline version already, and runs nothing.
     *
     * @throws MigratorException if there is a history already, or it cannot be written
     */
    public MigrationReport baseline() {
        synchronized (oneRun) {
            return runner.baseline(baselineVersion, baselineDescription);
        }
    }

    /**
     * Tells what {@link #rollback(Rollback)} would do, and what would be lost by it; changes nothing.
     *
     * @throws MigratorException if the database cannot be read
     */
    public RollbackPreview previewRollback(Rollback rollback) {
        return runner.preview(rollback);
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
        return runner.backups();
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

    /** Describes a migrator. */
    public static final class Builder {

        private final MigratorSettings settings;

        private Builder(DataSource dataSource) {
            this.settings = new MigratorSettings(dataSource);
        }

        /** Where migrations are: {@code classpath:db/migration} (the default), {@code filesystem:/srv/migrations}, … */
        public Builder locations(String... locations) {
            settings.locations = List.of(locations);
            return this;
        }

        /** The class loader for {@code classpath:} locations; the thread's context class loader otherwise. */
        public Builder classLoader(ClassLoader classLoader) {
            settings.classLoader = classLoader;
            return this;
        }

        /**
         * The schema that holds the history, created if it is missing, and the first in the scripts' search path; null (the
         * default) for the connection's current schema.
         */
        public Builder schema(@Nullable String schema) {
            settings.schema = schema;
            return this;
        }

        /** The history table's name; {@code schema_migrations} otherwise. */
        public Builder table(String table) {
            settings.table = table;
            return this;
        }

        /** The last version to run; null (the default) for all. */
        public Builder target(@Nullable String version) {
            settings.target = version;
            return this;
        }

        /** Whether a pending version below an applied one may run; otherwise it is a problem. */
        public Builder outOfOrder(boolean allowed) {
            settings.outOfOrder = allowed;
            return this;
        }

        /** Whether a database that has tables but no history is taken as it stands, at the baseline version. */
        public Builder baselineOnMigrate(boolean enabled) {
            settings.baselineOnMigrate = enabled;
            return this;
        }

        /** The version of such a database; {@code 1} otherwise. Migrations up to it are not run. */
        public Builder baselineVersion(String version) {
            settings.baselineVersion = version;
            return this;
        }

        /** What the baseline's row in the history says. */
        public Builder baselineDescription(String description) {
            settings.baselineDescription = description;
            return this;
        }

        /** Adds migrations that are written in Java. */
        public Builder javaMigrations(Collection<? extends JavaMigration> migrations) {
            settings.javaMigrations.addAll(migrations);
            return this;
        }

        /** What the migration lock is made of; {@link LockStrategy#AUTO} otherwise. */
        public Builder lockStrategy(LockStrategy strategy) {
            settings.lockStrategy = strategy;
            return this;
        }

        /**
         * How long a lease ({@link LockStrategy#TABLE}) lasts without a sign of life of its holder, at least 1 s; 30 s
         * otherwise. It is how long others wait when its holder has died.
         */
        public Builder lockLease(Duration lease) {
            settings.lockLease = lease;
            return this;
        }

        /**
         * For how long a run that gets no connection tries again, if the reason can pass by itself: a server that is just
         * starting, say; zero for one attempt, 30 s otherwise.
         */
        public Builder connectTimeout(Duration timeout) {
            settings.connectTimeout = timeout;
            return this;
        }

        /** How long to wait for another instance that migrates; 10 minutes otherwise. */
        public Builder lockMaxWait(Duration maxWait) {
            settings.lockMaxWait = maxWait;
            return this;
        }

        /** How long one lock request of a transactional migration may wait before the whole steps back; 5 s otherwise. */
        public Builder lockTimeout(Duration timeout) {
            settings.lockTimeout = timeout;
            return this;
        }

        /** How long one statement may take; null (the default) for what the session says. */
        public Builder statementTimeout(@Nullable Duration timeout) {
            settings.statementTimeout = timeout;
            return this;
        }

        /**
         * How often and how soon a transaction is tried again that met a lock, a deadlock or a serialization failure.
         *
         * @param maxAttempts at least 1, the first included; 10 otherwise
         * @param initialDelay before the second attempt, doubled before each further one; 500 ms otherwise
         * @param maxDelay where the doubling ends; 30 s otherwise
         */
        public Builder retry(int maxAttempts, Duration initialDelay, Duration maxDelay) {
            settings.retry = new RunOptions.Retry(maxAttempts, initialDelay, maxDelay);
            return this;
        }

        /** The application's name in the history; empty otherwise. */
        public Builder application(String name) {
            settings.application = name;
            return this;
        }

        /**
         * The values of placeholders, by name: {@code ${owner}} in a script. A name is a letter or underscore and then letters,
         * digits and {@code _ . -}; upper and lower case are the same. Besides these there are {@code ${migrator:schema}},
         * {@code ${migrator:table}}, {@code ${migrator:user}}, {@code ${migrator:database}} and
         * {@code ${migrator:application}}.
         */
        public Builder placeholders(Map<String, String> values) {
            // a copy that takes a null, which build() then refuses with its name
            settings.placeholders = new LinkedHashMap<>(values);
            return this;
        }

        /** Whether placeholders are replaced, where a script does not say otherwise; they are by default. */
        public Builder placeholdersEnabled(boolean enabled) {
            settings.placeholdersEnabled = enabled;
            return this;
        }

        /** Whether they are replaced inside of dollar quotes too, as in the bodies of functions; they are not by default. */
        public Builder placeholdersInBodies(boolean enabled) {
            settings.placeholdersInBodies = enabled;
            return this;
        }

        /**
         * In which environments this is, as {@code production}: for scripts with a condition,
         * {@code -- migrator: only-if=env:production}. None by default.
         */
        public Builder environments(Collection<String> names) {
            settings.environments = List.copyOf(names);
            return this;
        }

        /** How a connection that ran scripts is taken out of its pool; {@link Eviction#breakingOff()} otherwise. */
        public Builder eviction(Eviction eviction) {
            settings.eviction = eviction;
            return this;
        }

        /** How backups are taken, kept and found; {@link BackupOptions#DEFAULT} otherwise. */
        public Builder backup(BackupOptions options) {
            settings.backupOptions = options;
            return this;
        }

        /** Takes backups by another way than {@code pg_dump}; null (the default) for none. */
        public Builder backup(@Nullable Backup backup) {
            settings.backup = backup;
            return this;
        }

        /**
         * The password of the data source's role, for PostgreSQL's own programs and for connections to the server's other
         * databases; null (the default) where the URL has it, or {@code PGPASSWORD} or a pgpass file.
         */
        public Builder password(@Nullable String password) {
            settings.password = password;
            return this;
        }

        /**
         * Whether the history keeps the text of each applied migration's rollback script, so that an older release can roll
         * back what a newer one has applied; it does by default.
         */
        public Builder keepRollbackScripts(boolean keep) {
            settings.keepRollbackScripts = keep;
            return this;
        }

        /** Adds a listener that is told what each run does. */
        public Builder listener(MigrationListener listener) {
            settings.listeners.add(listener);
            return this;
        }

        /**
         * Makes the migrator; nothing is read and no connection is opened.
         *
         * @throws ConfigurationException if a version, a location or a placeholder cannot be understood
         */
        public Migrator build() {
            try {
                return new Migrator(settings);
            } catch (IllegalArgumentException e) {
                throw new ConfigurationException(
                        String.valueOf(e.getMessage()), "it was not looked at.", "Correct the configuration.", e);
            }
        }
    }
}
