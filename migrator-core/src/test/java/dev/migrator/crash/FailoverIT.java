package dev.migrator.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.migrator.testing.InstalledPostgres;
import dev.migrator.testing.Scripts;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The primary dies in mid-run and its standby takes over; the URL names both. */
class FailoverIT {

    private static final String DATABASE = "failover";

    /** One, as soon as the standby has all that the primary has. */
    private static final String STREAMED =
            "SELECT count(*) FROM pg_stat_replication WHERE flush_lsn = pg_current_wal_flush_lsn()";

    @TempDir
    private Path folder;

    @Test
    void theNextStartCarriesOnOnThePromotedStandby() {
        try (InstalledPostgres primary = InstalledPostgres.start();
                InstalledPostgres standby = primary.standby()) {
            primary.createDatabase(DATABASE);
            primary.execute(DATABASE, SlowMigration.SLOW.toArray(String[]::new));
            SlowMigration.writeTo(new Scripts(folder));
            String url = "jdbc:postgresql://127.0.0.1:" + primary.port() + ",127.0.0.1:" + standby.port() + "/"
                    + DATABASE + "?targetServerType=primary";

            killPrimaryDuring(url, primary);
            standby.promote();
            standby.execute(DATABASE, SlowMigration.QUICK);
            try (MigratingProcess next = start(url)) {
                int code = next.go().exitCode();

                assertThat(code).as(next.output()).isZero();
            }
            assertThat(standby.column(DATABASE, SlowMigration.HISTORY_QUERY)).isEqualTo(SlowMigration.HISTORY);
            assertThat(standby.column(DATABASE, SlowMigration.RESULT)).containsExactly(SlowMigration.EXPECTED);
        }
    }

    private void killPrimaryDuring(String url, InstalledPostgres primary) {
        try (MigratingProcess run = start(url)) {
            run.go();
            await().until(() -> !run.isAlive()
                    || primary.column(DATABASE, SlowMigration.SLEEPS).get(0).equals("1"));
            assertThat(run.isAlive() ? "" : run.output()).isEmpty();
            await().until(() -> primary.column(DATABASE, STREAMED).get(0).equals("1"));

            primary.shutDown("immediate");

            int code = run.exitCode();
            assertThat(code).as(run.output()).isEqualTo(5);
        }
    }

    /** A process of its own: the driver remembers for a while which host was what. */
    private MigratingProcess start(String url) {
        return MigratingProcess.start(url, "filesystem:" + folder).awaitReady();
    }
}
