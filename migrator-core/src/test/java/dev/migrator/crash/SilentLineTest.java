package dev.migrator.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.migrator.Migrator;
import dev.migrator.backup.BackupMode;
import dev.migrator.backup.BackupOptions;
import dev.migrator.run.DatabaseUnreachableException;
import dev.migrator.run.LockTimeoutException;
import dev.migrator.testing.DatabaseTest;
import dev.migrator.testing.TestDatabase;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;

/** Something between client and server loses all that passes, but answers for both, so that neither can notice. */
class SilentLineTest extends DatabaseTest {

    @Test
    @Timeout(60)
    void theLockIsHeldUntilTheLineIsClosedAndTheHolderIsNamed() {
        database.execute(SlowMigration.SLOW.toArray(String[]::new));
        SlowMigration.writeTo(scripts);
        try (WireProxy proxy = new WireProxy(TestDatabase.port())) {
            PGSimpleDataSource dataSource = new PGSimpleDataSource();
            dataSource.setUrl(proxy.url(database.name()));
            dataSource.setUser("postgres");
            Migrator silent = Migrator.builder(dataSource)
                    .backup(BackupOptions.DEFAULT.mode(BackupMode.OFF))
                    .application("orders")
                    .locations(scripts.location())
                    .build();
            CompletableFuture<?> run = CompletableFuture.runAsync(silent::migrate);
            await().until(() -> database.value(SlowMigration.SLEEPS).equals("1"));

            proxy.swallowEverything();
            database.execute(SlowMigration.QUICK);

            assertThat(failure(LockTimeoutException.class, migrator().lockMaxWait(Duration.ofMillis(1500))))
                    .hasMessageContaining("it is held by 'migrator: V2__slow.sql (orders, ");
            proxy.closeLines();
            assertThat(catchThrowable(() -> run.orTimeout(1, TimeUnit.MINUTES).join()))
                    .hasCauseInstanceOf(DatabaseUnreachableException.class);
            migrator().build().migrate();
        }
        assertThat(database.column(SlowMigration.HISTORY_QUERY)).isEqualTo(SlowMigration.HISTORY);
        assertThat(database.value(SlowMigration.RESULT)).isEqualTo(SlowMigration.EXPECTED);
    }
}
