package dev.migrator.crash;

import dev.migrator.Migrator;
import dev.migrator.MigratorBuilder;
import dev.migrator.backup.BackupMode;
import dev.migrator.backup.BackupOptions;
import dev.migrator.run.LockStrategy;
import dev.migrator.testing.Scripts;
import java.time.Duration;
import org.postgresql.ds.PGSimpleDataSource;

/** How instances get to the server, and what keeps them apart. */
enum Route {
    /** Straight to the server, by the advisory lock. */
    STRAIGHT(LockStrategy.AUTO, 1),

    /** Straight to the server, by a lease. */
    LEASED(LockStrategy.TABLE, 8),

    /** Through a pooler that lends its backends for a transaction each, and so by a lease; transactions only. */
    POOLED(LockStrategy.AUTO, 8);

    /** For so long the next run waits for one that died. */
    private static final Duration LEASE = Duration.ofSeconds(1);

    private final LockStrategy strategy;
    private final int thinning;

    Route(LockStrategy strategy, int thinning) {
        this.strategy = strategy;
        this.thinning = thinning;
    }

    /** Of the points that are tried on the first route, one in so many is tried on this one, where not all are. */
    int thinning() {
        return thinning;
    }

    boolean isLeased() {
        return this != STRAIGHT;
    }

    void writeTo(Scripts scripts) {
        EveryShape.writeTransactionsTo(scripts);
        if (this != POOLED) {
            EveryShape.writeOthersTo(scripts);
        }
    }

    /**
     * A migrator.
     *
     * @param url its ApplicationName becomes the application's name
     */
    MigratorBuilder migrator(String url) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(url);
        dataSource.setUser("postgres");
        String application = dataSource.getApplicationName();
        return Migrator.builder(dataSource)
                .backup(BackupOptions.DEFAULT.mode(BackupMode.OFF))
                .application(application == null ? "" : application)
                .lockStrategy(strategy)
                .lockLease(LEASE);
    }
}
