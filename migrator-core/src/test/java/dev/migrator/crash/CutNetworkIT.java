package dev.migrator.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.migrator.Migrator;
import dev.migrator.backup.BackupMode;
import dev.migrator.backup.BackupOptions;
import dev.migrator.testing.InstalledPostgres;
import dev.migrator.testing.Scripts;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The network is cut in mid-statement: packets are lost, and no side is told that the other has gone. That takes the server
 * half a minute to notice, in which other tests can run.
 */
@Execution(ExecutionMode.CONCURRENT)
class CutNetworkIT {

    private static final String DATABASE = "cut";

    @TempDir
    private Path folder;

    @Test
    void theServerEndsTheSessionAndAnotherInstanceCarriesOn() {
        try (NetworkNamespace network = NetworkNamespace.create();
                InstalledPostgres server =
                        InstalledPostgres.start("listen_addresses = '127.0.0.1," + network.host() + "'")) {
            server.createDatabase(DATABASE);
            server.execute(DATABASE, SlowMigration.SLOW.toArray(String[]::new));
            SlowMigration.writeTo(new Scripts(folder));
            server.admit(network.subnet());
            server.execute("postgres", "SELECT pg_reload_conf()");
            String url = "jdbc:postgresql://" + network.host() + ":" + server.port() + "/" + DATABASE;

            try (MigratingProcess lost =
                    MigratingProcess.start(network.launcher(), Route.STRAIGHT, url, "filesystem:" + folder)) {
                lost.awaitReady().go();
                await().until(() ->
                        server.column(DATABASE, SlowMigration.SLEEPS).get(0).equals("1"));
                network.unplug();
                server.execute(DATABASE, SlowMigration.QUICK);

                long start = System.nanoTime();
                Migrator.builder(server.dataSource(DATABASE))
                        .backup(BackupOptions.DEFAULT.mode(BackupMode.OFF))
                        .locations("filesystem:" + folder)
                        .lockMaxWait(Duration.ofSeconds(60))
                        .build()
                        .migrate();
                Duration waited = Duration.ofNanos(System.nanoTime() - start);

                assertThat(waited).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(35));
                System.out.println("The server noticed the cut network after " + waited.toSeconds() + " s");
                lost.kill();
            }
            assertThat(server.column(DATABASE, SlowMigration.HISTORY_QUERY)).isEqualTo(SlowMigration.HISTORY);
            assertThat(server.column(DATABASE, SlowMigration.RESULT)).containsExactly(SlowMigration.EXPECTED);
        }
    }
}
