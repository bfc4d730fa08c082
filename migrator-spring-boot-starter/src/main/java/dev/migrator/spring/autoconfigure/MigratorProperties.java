package dev.migrator.spring.autoconfigure;

import dev.migrator.backup.BackupFormat;
import dev.migrator.backup.BackupMode;
import dev.migrator.run.LockStrategy;
import dev.migrator.spring.startup.Mode;
import dev.migrator.spring.startup.RunAt;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/**
 * How the application's database is migrated.
 *
 * @param enabled Whether migrations run when the application starts.
 * @param runAt Moment of the start at which migrations run.
 * @param mode What an instance does about pending migrations: runs them, refuses to start, or waits for another to run them.
 * @param failOnError Whether the application ends when a migration fails. Otherwise it starts on the old schema.
 * @param locations Locations of the migrations, each beginning with 'classpath:' or 'filesystem:'.
 * @param schema Schema that is migrated and holds the history table. By default the first of the connection's search path.
 * @param table Name of the history table.
 * @param url JDBC URL of the database to migrate, where it is not that of the application's DataSource.
 * @param user Role that migrates, where it is not that of the application's DataSource.
 * @param password Password of the role that migrates.
 * @param target Highest version that is migrated to. By default the latest.
 * @param outOfOrder Whether a pending version that is lower than an applied one may run.
 * @param baseline What to do with a database that has tables but no history.
 * @param connect How the database is waited for.
 * @param waiting How another instance is waited for that migrates.
 * @param lock How the lock is taken that lets one instance migrate at a time.
 * @param lockTimeout How long a statement waits for a lock on a table before the transaction steps back and tries again.
 * @param statementTimeout How long a statement may run. By default as long as it takes.
 * @param retry How often and when a step that could not get its locks is tried again.
 * @param placeholders What stands in scripts for something else.
 * @param environments Environments in which this is, besides the active profiles, for scripts with a condition.
 * @param backup What is backed up before something runs.
 * @param rollback How versions are taken back.
 * @param holdOff What requests get until the migrations are done.
 */
@ConfigurationProperties("migrator")
public record MigratorProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("ready") RunAt runAt,
        @DefaultValue("migrate") Mode mode,
        @DefaultValue("true") boolean failOnError,
        List<String> locations,
        @Nullable String schema,
        @DefaultValue("schema_migrations") String table,
        @Nullable String url,
        @Nullable String user,
        @Nullable String password,
        @Nullable String target,
        @DefaultValue("false") boolean outOfOrder,
        Baseline baseline,
        Connect connect,
        @Name("wait") Wait waiting,
        Lock lock,
        Duration lockTimeout,
        @Nullable Duration statementTimeout,
        Retry retry,
        Placeholders placeholders,
        List<String> environments,
        Backup backup,
        Rollback rollback,
        HoldOff holdOff) {

    /**
     * What is not set comes as null, a group of which nothing is set too. Boot would make most of these values of the words of
     * an annotation, by a dozen conversions at every start. A text that is empty is one that is not set: so comes an environment
     * variable that Compose makes of {@code ${X:-}}.
     */
    public MigratorProperties {
        schema = textOf(schema);
        table = StringUtils.hasText(table) ? table : "schema_migrations";
        url = textOf(url);
        user = textOf(user);
        password = StringUtils.hasLength(password) ? password : null;
        target = textOf(target);
        locations = locations == null || locations.isEmpty() ? List.of("classpath:db/migration") : locations;
        lockTimeout = lockTimeout == null ? Duration.ofSeconds(5) : lockTimeout;
        environments = environments == null ? List.of() : environments;
        baseline = baseline == null ? Baseline.DEFAULT : baseline;
        connect = connect == null ? Connect.DEFAULT : connect;
        waiting = waiting == null ? Wait.DEFAULT : waiting;
        lock = lock == null ? Lock.DEFAULT : lock;
        retry = retry == null ? Retry.DEFAULT : retry;
        placeholders = placeholders == null ? Placeholders.DEFAULT : placeholders;
        backup = backup == null ? Backup.DEFAULT : backup;
        rollback = rollback == null ? Rollback.DEFAULT : rollback;
        holdOff = holdOff == null ? HoldOff.DEFAULT : holdOff;
    }

    private static @Nullable String textOf(@Nullable String value) {
        return StringUtils.hasText(value) ? value : null;
    }

    /**
     * Without the password, wherever it is printed.
     */
    @Override
    public String toString() {
        return "MigratorProperties[enabled=" + enabled + ", runAt=" + runAt + ", locations=" + locations + "]";
    }

    /**
     * What to do with a database that has tables but no history.
     *
     * @param onMigrate Whether such a database is taken to stand at the baseline version. Otherwise it is not migrated.
     * @param version Version at which such a database stands.
     * @param description Description of the baseline in the history.
     */
    public record Baseline(
            @DefaultValue("false") boolean onMigrate,
            @DefaultValue("1") String version,

            @DefaultValue("the schema as it was before Migrator")
            String description) {

        public Baseline {
            version = StringUtils.hasText(version) ? version : "1";
        }

        static final Baseline DEFAULT = new Baseline(false, "1", "the schema as it was before Migrator");
    }

    /**
     * How the database is waited for.
     *
     * @param timeout For how long a migration that gets no connection tries again, if the reason can pass by itself.
     */
    public record Connect(@DefaultValue("30s") Duration timeout) {

        static final Connect DEFAULT = new Connect(Duration.ofSeconds(30));
    }

    /**
     * How another instance is waited for that migrates.
     *
     * @param timeout For how long an instance waits until another one has migrated, where the mode is to wait.
     */
    public record Wait(@DefaultValue("10m") Duration timeout) {

        static final Wait DEFAULT = new Wait(Duration.ofMinutes(10));
    }

    /**
     * How the lock is taken that lets one instance migrate at a time.
     *
     * @param strategy What the lock is made of: a session-level advisory lock, a lease in a table, or whichever fits.
     * @param maxWait How long an instance waits for another one that migrates.
     * @param lease How long a lease lasts when its holder gives no sign of life.
     */
    public record Lock(
            @DefaultValue("auto") LockStrategy strategy,
            @DefaultValue("10m") Duration maxWait,
            @DefaultValue("30s") Duration lease) {

        static final Lock DEFAULT = new Lock(LockStrategy.AUTO, Duration.ofMinutes(10), Duration.ofSeconds(30));
    }

    /**
     * How often and when a step that could not get its locks is tried again.
     *
     * @param maxAttempts How often a step is tried in all.
     * @param initialDelay How long to wait before the second attempt. It doubles with each further one.
     * @param maxDelay How long to wait between two attempts at most.
     */
    public record Retry(
            @DefaultValue("10") int maxAttempts,
            @DefaultValue("500ms") Duration initialDelay,
            @DefaultValue("30s") Duration maxDelay) {

        static final Retry DEFAULT = new Retry(10, Duration.ofMillis(500), Duration.ofSeconds(30));
    }

    /**
     * What stands in scripts for something else.
     *
     * @param enabled Whether placeholders in scripts are replaced, where a script does not say otherwise.
     * @param bodies Whether they are replaced inside of dollar quotes too, as in the bodies of functions.
     * @param values Values of placeholders, by name.
     */
    public record Placeholders(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("false") boolean bodies,
            @DefaultValue Map<String, String> values) {

        static final Placeholders DEFAULT = new Placeholders(true, false, Map.of());

        /**
         * Without the values, of which some may be secret.
         */
        @Override
        public String toString() {
            return "Placeholders[enabled=" + enabled + ", bodies=" + bodies + "]";
        }
    }

    /**
     * What is backed up before something runs.
     *
     * @param mode Whether a backup is taken: where it can be had, without fail, or never.
     * @param directory Folder in which dumps are kept; made if it is missing.
     * @param format Form of the dumps: one file, or a folder written by several jobs at once.
     * @param jobs How many jobs write a dump in directory format.
     * @param maxSize Size up to which a database is backed up in mode 'auto'.
     * @param keep How many of a database's dumps are kept at least; 0 for all.
     * @param keepFor How long a dump beyond those is kept. By default no longer.
     * @param programs Folder of pg_dump and pg_restore. By default they are looked for.
     */
    public record Backup(
            @DefaultValue("auto") BackupMode mode,
            Path directory,
            @DefaultValue("custom") BackupFormat format,
            @DefaultValue("2") int jobs,
            DataSize maxSize,
            @DefaultValue("5") int keep,
            @Nullable Duration keepFor,
            @Nullable Path programs) {

        public Backup {
            directory = directory == null ? Path.of("migration-backups") : directory;
            maxSize = maxSize == null ? DataSize.ofGigabytes(1) : maxSize;
        }

        static final Backup DEFAULT = new Backup(
                BackupMode.AUTO,
                Path.of("migration-backups"),
                BackupFormat.CUSTOM,
                2,
                DataSize.ofGigabytes(1),
                5,
                null,
                null);
    }

    /**
     * How versions are taken back.
     *
     * @param keepScripts Whether the history keeps the text of rollback scripts, so that an older release can roll back what a
     * newer one has applied.
     */
    public record Rollback(@DefaultValue("true") boolean keepScripts) {

        static final Rollback DEFAULT = new Rollback(true);
    }

    /**
     * What requests get until the migrations are done.
     *
     * @param enabled Whether requests are answered with 503 until the migrations are done.
     * @param patience How long requests wait for the end of a start that is nearly over, before they are answered with 503.
     * @param retryAfter When a client that was held off should try again, in whole seconds.
     */
    public record HoldOff(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("500ms") Duration patience,
            @DefaultValue("5s") Duration retryAfter) {

        static final HoldOff DEFAULT = new HoldOff(true, Duration.ofMillis(500), Duration.ofSeconds(5));
    }
}
