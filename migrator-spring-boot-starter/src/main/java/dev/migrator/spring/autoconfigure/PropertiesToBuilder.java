package dev.migrator.spring.autoconfigure;

import dev.migrator.MigratorBuilder;
import dev.migrator.backup.BackupOptions;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.env.Environment;

/** Hands the properties, and the application's name, on to a {@link MigratorBuilder}. */
record PropertiesToBuilder(MigratorProperties properties, Environment environment) {

    void apply(MigratorBuilder builder) {
        MigratorProperties.Baseline baseline = properties.baseline();
        MigratorProperties.Lock lock = properties.lock();
        MigratorProperties.Retry retry = properties.retry();
        MigratorProperties.Placeholders placeholders = properties.placeholders();
        builder.locations(properties.locations().toArray(String[]::new))
                .schema(properties.schema())
                .table(properties.table())
                .target(properties.target())
                .outOfOrder(properties.outOfOrder())
                .baselineOnMigrate(baseline.onMigrate())
                .baselineVersion(baseline.version())
                .baselineDescription(baseline.description())
                .connectTimeout(properties.connect().timeout())
                .lockStrategy(lock.strategy())
                .lockMaxWait(lock.maxWait())
                .lockLease(lock.lease())
                .lockTimeout(properties.lockTimeout())
                .statementTimeout(properties.statementTimeout())
                .retry(retry.maxAttempts(), retry.initialDelay(), retry.maxDelay())
                .placeholders(placeholders.values())
                .placeholdersEnabled(placeholders.enabled())
                .placeholdersInBodies(placeholders.bodies())
                .environments(environments())
                .backup(backupOptions())
                .keepRollbackScripts(properties.rollback().keepScripts());
        String application = environment.getProperty("spring.application.name");
        if (application != null) {
            builder.application(application);
        }
    }

    private BackupOptions backupOptions() {
        MigratorProperties.Backup backup = properties.backup();
        return new BackupOptions(
                backup.mode(),
                backup.directory(),
                backup.format(),
                backup.jobs(),
                backup.maxSize().toBytes(),
                backup.keep(),
                backup.keepFor(),
                backup.programs());
    }

    /** A script's {@code only-if=env:production} means a profile as well. */
    private List<String> environments() {
        List<String> all = new ArrayList<>(properties.environments());
        all.addAll(List.of(environment.getActiveProfiles()));
        return all;
    }
}
