package dev.migrator;

import dev.migrator.backup.Backup;
import dev.migrator.backup.BackupOptions;
import dev.migrator.history.TableName;
import dev.migrator.migration.JavaMigration;
import dev.migrator.migration.Location;
import dev.migrator.migration.MigrationFinder;
import dev.migrator.migration.Version;
import dev.migrator.plan.Rules;
import dev.migrator.run.Backups;
import dev.migrator.run.Eviction;
import dev.migrator.run.LockStrategy;
import dev.migrator.run.MigrationListener;
import dev.migrator.run.RunOptions;
import dev.migrator.sql.Placeholders;
import dev.migrator.sql.Replacing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link MigratorBuilder} has been told, and the default of what it has not. It is kept as it was said, and understood when
 * it is needed, which at most starts it is not; null stands for a default whose class need not be loaded then.
 */
final class MigratorSettings implements RunOptions, Cloneable {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final String FIRST_VERSION = "1";

    final DataSource dataSource;
    List<String> locations = List.of(Location.DEFAULT.toString());
    ClassLoader classLoader = defaultClassLoader();

    @Nullable
    String schema;

    String table = "schema_migrations";

    @Nullable
    String target;

    boolean outOfOrder;
    boolean baselineOnMigrate;
    String baselineVersion = FIRST_VERSION;
    String baselineDescription = "the schema as it was before Migrator";
    List<JavaMigration> javaMigrations = new ArrayList<>();

    @Nullable
    LockStrategy lockStrategy;

    Duration connectTimeout = Duration.ofSeconds(30);
    Duration lockMaxWait = Duration.ofMinutes(10);
    Duration lockLease = LEASE;
    Duration lockTimeout = Duration.ofSeconds(5);

    @Nullable
    Duration statementTimeout;

    @Nullable
    Retry retry;

    Duration signOfLife = SignOfLife.INTERVAL;
    String application = "";
    Map<String, String> placeholders = Map.of();
    boolean placeholdersEnabled = true;
    boolean placeholdersInBodies;
    Collection<String> environments = List.of();
    boolean keepRollbackScripts = true;

    @Nullable
    BackupOptions backupOptions;

    @Nullable
    Backup backup;

    @Nullable
    String password;

    @Nullable
    String connectionInitSql;

    @Nullable
    Eviction eviction;

    List<MigrationListener> listeners = new ArrayList<>();

    MigratorSettings(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    private static ClassLoader defaultClassLoader() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context == null ? Migrator.class.getClassLoader() : context;
    }

    /**
     * As it is now: whoever goes on building changes nothing of a migrator that is built.
     *
     * @throws IllegalArgumentException if something cannot be
     */
    MigratorSettings settled() {
        try {
            MigratorSettings settled = (MigratorSettings) clone();
            settled.javaMigrations = List.copyOf(javaMigrations);
            settled.listeners = List.copyOf(listeners);
            settled.check();
            return settled;
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    /** Understands, and so refuses, what is not as it is by default; of the rest, whoever needs it complains. */
    private void check() {
        if (locations.isEmpty() && javaMigrations.isEmpty()) {
            throw new IllegalArgumentException("There is no location in which migrations are looked for.");
        }
        if (target != null || !baselineVersion.equals(FIRST_VERSION)) {
            rules();
        }
        if (!lockLease.equals(LEASE)) {
            lock();
        }
    }

    @Override
    public TableName table() {
        return new TableName(schema, table);
    }

    @Override
    public Rules rules() {
        return new Rules(
                outOfOrder,
                target == null ? null : Version.parse(target),
                baselineOnMigrate,
                Version.parse(baselineVersion),
                baselineDescription);
    }

    @Override
    public Duration connectTimeout() {
        return connectTimeout;
    }

    @Override
    public Lock lock() {
        return new Lock(lockStrategy == null ? LockStrategy.AUTO : lockStrategy, lockMaxWait, lockLease);
    }

    @Override
    public Duration lockTimeout() {
        return lockTimeout;
    }

    @Override
    public @Nullable Duration statementTimeout() {
        return statementTimeout;
    }

    @Override
    public Retry retry() {
        return retry == null ? new Retry(10, Duration.ofMillis(500), Duration.ofSeconds(30)) : retry;
    }

    @Override
    public String application() {
        return application;
    }

    @Override
    public Placeholders placeholders() {
        Replacing on = placeholdersInBodies ? Replacing.BODIES : Replacing.ON;
        return Placeholders.of(placeholders, placeholdersEnabled ? on : Replacing.OFF);
    }

    @Override
    public Set<String> environments() {
        return Set.copyOf(environments);
    }

    @Override
    public @Nullable String connectionInitSql() {
        return connectionInitSql;
    }

    @Override
    public Backups backups() {
        return new Backups(backupOptions == null ? BackupOptions.DEFAULT : backupOptions, backup, password);
    }

    @Override
    public boolean keepRollbackScripts() {
        return keepRollbackScripts;
    }

    /**
     * What looks for the migrations.
     *
     * @throws IllegalArgumentException if a location or a placeholder cannot be
     */
    MigrationFinder finder() {
        List<Location> parsed = new ArrayList<>();
        for (String location : locations) {
            parsed.add(Location.parse(location));
        }
        return new MigrationFinder(parsed, javaMigrations, classLoader, placeholders());
    }
}
