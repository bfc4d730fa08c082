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
 * What a {@link MigratorBuilder} has been told, and the default of what it has not. It is kept as it was said, and understood only
 * when the migrator is made; an {@link IllegalArgumentException} then says what cannot be.
 */
final class MigratorSettings {

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
    String baselineVersion = "1";
    String baselineDescription = "the schema as it was before Migrator";
    final List<JavaMigration> javaMigrations = new ArrayList<>();
    LockStrategy lockStrategy = LockStrategy.AUTO;
    Duration connectTimeout = Duration.ofSeconds(30);
    Duration lockMaxWait = Duration.ofMinutes(10);
    Duration lockLease = Duration.ofSeconds(30);
    Duration lockTimeout = Duration.ofSeconds(5);

    @Nullable
    Duration statementTimeout;

    RunOptions.Retry retry = new RunOptions.Retry(10, Duration.ofMillis(500), Duration.ofSeconds(30));
    Duration signOfLife = SignOfLife.INTERVAL;
    String application = "";
    Map<String, String> placeholders = Map.of();
    boolean placeholdersEnabled = true;
    boolean placeholdersInBodies;
    Collection<String> environments = List.of();
    boolean keepRollbackScripts = true;
    BackupOptions backupOptions = BackupOptions.DEFAULT;

    @Nullable
    Backup backup;

    @Nullable
    String password;

    @Nullable
    Eviction eviction;

    final List<MigrationListener> listeners = new ArrayList<>();

    MigratorSettings(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    private static ClassLoader defaultClassLoader() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context == null ? Migrator.class.getClassLoader() : context;
    }

    TableName tableName() {
        return new TableName(schema, table);
    }

    Rules rules() {
        return new Rules(
                outOfOrder,
                target == null ? null : Version.parse(target),
                baselineOnMigrate,
                Version.parse(baselineVersion),
                baselineDescription);
    }

    Placeholders placeholders() {
        Replacing on = placeholdersInBodies ? Replacing.BODIES : Replacing.ON;
        return Placeholders.of(placeholders, placeholdersEnabled ? on : Replacing.OFF);
    }

    MigrationFinder finder(Placeholders replaced) {
        List<Location> parsed = new ArrayList<>();
        for (String location : locations) {
            parsed.add(Location.parse(location));
        }
        return new MigrationFinder(parsed, javaMigrations, classLoader, replaced);
    }

    RunOptions runOptions(TableName history, Rules rules, Placeholders replaced) {
        return new RunOptions(
                history,
                rules,
                connectTimeout,
                new RunOptions.Lock(lockStrategy, lockMaxWait, lockLease),
                lockTimeout,
                statementTimeout,
                retry,
                application,
                replaced,
                Set.copyOf(environments),
                new Backups(backupOptions, backup, password),
                keepRollbackScripts);
    }
}
