package dev.migrator;

import dev.migrator.backup.Backup;
import dev.migrator.backup.BackupOptions;
import dev.migrator.migration.JavaMigration;
import dev.migrator.run.ConfigurationException;
import dev.migrator.run.Eviction;
import dev.migrator.run.LockStrategy;
import dev.migrator.run.MigrationListener;
import dev.migrator.run.RunOptions;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Describes a migrator, and makes it; what is not said has the default that the README's table gives.
 *
 * @see Migrator#builder(DataSource)
 */
public final class MigratorBuilder {

    private final MigratorSettings settings;

    MigratorBuilder(DataSource dataSource) {
        this.settings = new MigratorSettings(dataSource);
    }

    /** Where migrations are: {@code classpath:db/migration} (the default), {@code filesystem:/srv/migrations}, … */
    public MigratorBuilder locations(String... locations) {
        settings.locations = List.of(locations);
        return this;
    }

    /** The class loader for {@code classpath:} locations; the thread's context class loader otherwise. */
    public MigratorBuilder classLoader(ClassLoader classLoader) {
        settings.classLoader = classLoader;
        return this;
    }

    /**
     * The schema that holds the history, created if it is missing, and the first in the scripts' search path; null (the
     * default) for the connection's current schema.
     */
    public MigratorBuilder schema(@Nullable String schema) {
        settings.schema = schema;
        return this;
    }

    /** The history table's name; {@code schema_migrations} otherwise. */
    public MigratorBuilder table(String table) {
        settings.table = table;
        return this;
    }

    /** The last version to run; null (the default) for all. */
    public MigratorBuilder target(@Nullable String version) {
        settings.target = version;
        return this;
    }

    /** Whether a pending version below an applied one may run; otherwise it is a problem. */
    public MigratorBuilder outOfOrder(boolean allowed) {
        settings.outOfOrder = allowed;
        return this;
    }

    /** Whether a database that has tables but no history is taken as it stands, at the baseline version. */
    public MigratorBuilder baselineOnMigrate(boolean enabled) {
        settings.baselineOnMigrate = enabled;
        return this;
    }

    /** The version of such a database; {@code 1} otherwise. Migrations up to it are not run. */
    public MigratorBuilder baselineVersion(String version) {
        settings.baselineVersion = version;
        return this;
    }

    /** What the baseline's row in the history says. */
    public MigratorBuilder baselineDescription(String description) {
        settings.baselineDescription = description;
        return this;
    }

    /** Adds migrations that are written in Java. */
    public MigratorBuilder javaMigrations(Collection<? extends JavaMigration> migrations) {
        settings.javaMigrations.addAll(migrations);
        return this;
    }

    /** What the migration lock is made of; {@link LockStrategy#AUTO} otherwise. */
    public MigratorBuilder lockStrategy(LockStrategy strategy) {
        settings.lockStrategy = strategy;
        return this;
    }

    /**
     * How long a lease ({@link LockStrategy#TABLE}) lasts without a sign of life of its holder, at least 1 s; 30 s
     * otherwise. It is how long others wait when its holder has died.
     */
    public MigratorBuilder lockLease(Duration lease) {
        settings.lockLease = lease;
        return this;
    }

    /**
     * For how long a run that gets no connection tries again, if the reason can pass by itself: a server that is just
     * starting, say; zero for one attempt, 30 s otherwise.
     */
    public MigratorBuilder connectTimeout(Duration timeout) {
        settings.connectTimeout = timeout;
        return this;
    }

    /** How long to wait for another instance that migrates; 10 minutes otherwise. */
    public MigratorBuilder lockMaxWait(Duration maxWait) {
        settings.lockMaxWait = maxWait;
        return this;
    }

    /** How long one lock request of a transactional migration may wait before the whole steps back; 5 s otherwise. */
    public MigratorBuilder lockTimeout(Duration timeout) {
        settings.lockTimeout = timeout;
        return this;
    }

    /** How long one statement may take; null (the default) for what the session says. */
    public MigratorBuilder statementTimeout(@Nullable Duration timeout) {
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
    public MigratorBuilder retry(int maxAttempts, Duration initialDelay, Duration maxDelay) {
        settings.retry = new RunOptions.Retry(maxAttempts, initialDelay, maxDelay);
        return this;
    }

    /** How often the log says where a long run is; for tests. */
    MigratorBuilder signOfLife(Duration interval) {
        settings.signOfLife = interval;
        return this;
    }

    /** The application's name in the history; empty otherwise. */
    public MigratorBuilder application(String name) {
        settings.application = name;
        return this;
    }

    /**
     * The values of placeholders, by name: {@code ${owner}} in a script. A name is a letter or underscore and then letters,
     * digits and {@code _ . -}; upper and lower case are the same. Besides these there are {@code ${migrator:schema}},
     * {@code ${migrator:table}}, {@code ${migrator:user}}, {@code ${migrator:database}} and
     * {@code ${migrator:application}}.
     */
    public MigratorBuilder placeholders(Map<String, String> values) {
        // a copy that takes a null, which build() then refuses with its name
        settings.placeholders = new LinkedHashMap<>(values);
        return this;
    }

    /** Whether placeholders are replaced, where a script does not say otherwise; they are by default. */
    public MigratorBuilder placeholdersEnabled(boolean enabled) {
        settings.placeholdersEnabled = enabled;
        return this;
    }

    /** Whether they are replaced inside of dollar quotes too, as in the bodies of functions; they are not by default. */
    public MigratorBuilder placeholdersInBodies(boolean enabled) {
        settings.placeholdersInBodies = enabled;
        return this;
    }

    /**
     * In which environments this is, as {@code production}: for scripts with a condition,
     * {@code -- migrator: only-if=env:production}. None by default.
     */
    public MigratorBuilder environments(Collection<String> names) {
        settings.environments = List.copyOf(names);
        return this;
    }

    /**
     * The SQL that the pool runs on each new connection, as HikariCP's {@code connectionInitSql}: one statement or several; null
     * (the default) for none. It is run again ahead of each script but the first, for the server has no list of what is set under
     * names of one's own ({@code SET app.tenant = …}), by which the next script could be given that again.
     */
    public MigratorBuilder connectionInitSql(@Nullable String sql) {
        settings.connectionInitSql = sql;
        return this;
    }

    /** How a connection that ran scripts is taken out of its pool; {@link Eviction#breakingOff()} otherwise. */
    public MigratorBuilder eviction(Eviction eviction) {
        settings.eviction = eviction;
        return this;
    }

    /** How backups are taken, kept and found; {@link BackupOptions#DEFAULT} otherwise. */
    public MigratorBuilder backup(BackupOptions options) {
        settings.backupOptions = options;
        return this;
    }

    /** Takes backups by another way than {@code pg_dump}; null (the default) for none. */
    public MigratorBuilder backup(@Nullable Backup backup) {
        settings.backup = backup;
        return this;
    }

    /**
     * The password of the data source's role, for PostgreSQL's own programs and for connections to the server's other
     * databases; null (the default) where the URL has it, or {@code PGPASSWORD} or a pgpass file.
     */
    public MigratorBuilder password(@Nullable String password) {
        settings.password = password;
        return this;
    }

    /**
     * Whether the history keeps the text of each applied migration's rollback script, so that an older release can roll
     * back what a newer one has applied; it does by default.
     */
    public MigratorBuilder keepRollbackScripts(boolean keep) {
        settings.keepRollbackScripts = keep;
        return this;
    }

    /** Adds a listener that is told what each run does. */
    public MigratorBuilder listener(MigrationListener listener) {
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
            return new Migrator(settings.settled());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    String.valueOf(e.getMessage()), "it was not looked at.", "Correct the configuration.", e);
        }
    }
}
